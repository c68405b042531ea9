package pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import config.Proxies;
import config.RateLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import model.Concurrency;
import model.FailureReason;
import model.StopSignal;
import model.Ticker;
import monitor.HarvestMetrics;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import portal.PortalException;
import portal.Reply;
import portal.Request;
import portal.http.Governor;
import portal.http.PortalClient;
import portal.http.ResponseReader;
import portal.http.Transfers;
import routes.PortalRoutes;
import store.SpoolFiles;
import store.SpoolRoom;
import testing.Fault;
import testing.PortalSimulator;

/** The route to the portal, with a portal that sends endless responses. */
class PortalRouteTest extends CamelTestSupport {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  @TempDir Path folder;
  private final ScheduledExecutorService watch = Executors.newScheduledThreadPool(1);
  private final Transfers transfers = new Transfers(Ticker.system(watch), TIMEOUT, Proxies.NONE);
  private final Ticker fast = fast(Ticker.system(watch));
  private final AtomicLong sent = new AtomicLong();
  private PortalSimulator portal;
  private CamelPortalHttp door;

  /** A thousand times as fast, so that nobody waits for the portal's pauses. */
  private static Ticker fast(Ticker ticker) {
    return new Ticker() {
      @Override
      public long nanos() {
        return ticker.nanos() * 1000;
      }

      @Override
      public Timer after(Duration delay, Runnable task) {
        return ticker.after(delay.dividedBy(1000), task);
      }
    };
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext context = super.createCamelContext();
    context.setStreamCaching(false); // like the program's context
    context.addComponent(
        "http", PortalClient.create(1, TIMEOUT, TIMEOUT, Optional.empty(), transfers));
    return context;
  }

  @Override
  protected RoutesBuilder createRouteBuilder() {
    return new PortalRoutes(
        new PortalSteps(
            new Governor(
                RateLimits.fixed(0),
                new Concurrency(1),
                () -> 1,
                fast,
                InstantSource.system(),
                (party, hold) -> {}),
            transfers,
            new ResponseReader(
                1_000_000, new SpoolFiles(), new SpoolRoom(1 << 20, fast), InstantSource.system()),
            Map.of("User-Agent", "test", "X-Own", "own value", "cookie", "consent=1"),
            Ticker.system(watch),
            new HarvestMetrics(new SimpleMeterRegistry())));
  }

  @BeforeEach
  void open() throws IOException {
    portal = new PortalSimulator(10, 10);
    door =
        new CamelPortalHttp(
            context.createProducerTemplate(), 1, () -> new StopSignal(Ticker.system(watch)));
  }

  @AfterEach
  void close() throws Exception {
    portal.close();
    watch.shutdownNow();
  }

  /** Sends the first part once, and the other one forever. */
  private Fault endless(String first, String again) {
    return (socket, good) -> {
      OutputStream out = socket.getOutputStream();
      out.write(bytes(first));
      while (true) {
        out.write(bytes(again));
        sent.addAndGet(again.length());
      }
    };
  }

  private static byte[] bytes(String text) {
    return text.replace("\\r\\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private Request document(int number) {
    return Request.document(address(number).toString(), folder.resolve(number + ".pdf"));
  }

  private URI address(int number) {
    return URI.create(portal.url() + "/doc/" + number + ".pdf");
  }

  private void assertEndsAlone(Fault fault) throws IOException {
    portal.fault("/doc/1.pdf", fault);

    PortalException failure =
        catchThrowableOfType(PortalException.class, () -> door.send(document(1)));

    assertThat(failure.reason()).isEqualTo(FailureReason.RESET);
    assertThat(failure).hasMessageContaining("header").hasMessageContaining("8192 bytes");
    assertThat(sent.get()).isLessThan(32_000_000); // what fits into the socket buffers
    assertThat(door.send(document(2)).status()).isEqualTo(200);
    assertThat(Files.readAllBytes(folder.resolve("2.pdf"))).isEqualTo(portal.bytesOf("/doc/2.pdf"));
  }

  @ParameterizedTest
  @CsvSource({
    "headers without end,           HTTP/1.1 200 OK\\r\\n,                X-Again: and again\\r\\n",
    "a header line without end,     HTTP/1.1 200 OK\\r\\nX-Long: ,        xxxxxxxxxxxxxxxx",
    "a header folded without end,   HTTP/1.1 200 OK\\r\\nX-Long: x\\r\\n, '\t folded\\r\\n'",
    "a status line without end,     HTTP/1.1 200 OK ,                     xxxxxxxxxxxxxxxx"
  })
  void anAnswerWhoseHeadNeverEndsEndsThatTransferAlone(String name, String first, String again)
      throws Exception {
    assertEndsAlone(endless(first, again));
  }

  @ParameterizedTest
  @CsvSource({
    "trailers without end,          0\\r\\n,       X-Again: and again\\r\\n",
    "a chunk extension without end, '5;name=',     xxxxxxxxxxxxxxxx"
  })
  void aChunkedBodyWithMoreWordsThanBytesEndsThatTransferAlone(
      String name, String first, String again) throws Exception {
    assertEndsAlone(endless(CHUNKED + first, again));
  }

  @Test
  void aFailureNamesTheAddressThatWasRequested() throws IOException {
    portal.fault("/doc/1.pdf", Fault.status(503));
    PortalException busy =
        catchThrowableOfType(PortalException.class, () -> door.send(document(1)));
    portal.away();
    PortalException away =
        catchThrowableOfType(PortalException.class, () -> door.send(document(2)));

    assertThat(busy.asked()).contains(address(1));
    assertThat(away.asked()).contains(address(2));
  }

  @Test
  void aBodyWithoutResponseHeadIsNotAnAnswer() {
    portal.fault("/doc/1.pdf", raw(bytes("%PDF-1.4\r\n" + "text\r\n".repeat(100) + "%%EOF\r\n")));

    assertThatThrownBy(() -> door.send(document(1)))
        .hasMessageContaining("what came is no answer of HTTP");
  }

  @ParameterizedTest
  @CsvSource({"101, 1", "2, 8200"})
  void moreHeaderLinesThanAHundredOrALongerOneEndThatTransferAlone(int lines, int length)
      throws Exception {
    String head = ("X: " + "x".repeat(length) + "\r\n").repeat(lines - 1);
    assertEndsAlone(raw(bytes(OK + "Content-Length: 2\r\n" + head + "\r\nok")));
  }

  @Test
  void aListingOfMoreThanSixteenMebibytesIsNotRead() throws Exception {
    portal.fault("/doc/1.pdf", Fault.body("text/html", new byte[(16 << 20) + 1]));

    assertThatThrownBy(() -> door.send(Request.page(address(1))))
        .isInstanceOfSatisfying(
            PortalException.class,
            failure -> assertThat(failure.reason()).isEqualTo(FailureReason.UNREADABLE))
        .hasMessageContaining("more than 16 MiB");
    assertThat(door.send(document(2)).status()).isEqualTo(200);
  }

  @Test
  void aHundredHeaderLinesAndOneOfEightThousandBytesAreRead() throws Exception {
    String head = OK + "Content-Length: 2\r\n" + "X-Long: " + "x".repeat(8_000) + "\r\n";
    String answer = head + "X-Short: x\r\n".repeat(98) + "\r\nok";
    portal.fault(
        "/doc/1.pdf",
        (socket, good) -> {
          socket.getOutputStream().write(bytes(answer));
          return true;
        });

    Reply reply = door.send(Request.page(address(1)));

    assertThat(reply.body()).isEqualTo(bytes("ok"));
    assertThat(reply.headers().get("x-short")).hasSize(98);
  }

  @Test
  void aRedirectIsAnAnswerLikeAnyOtherAndIsNotFollowed() {
    portal.fault("/doc/1.pdf", Fault.status(302, "Location: " + address(2)));

    assertThat(door.send(Request.page(address(1))).status()).isEqualTo(302);
  }

  @ParameterizedTest
  @CsvSource({
    "404, Content-Length: 100\\r\\n",
    "302, Content-Length: 100\\r\\nLocation: /doc/2.pdf\\r\\n",
    "403, Transfer-Encoding: chunked\\r\\n"
  })
  void aStatusCountsEvenIfItsBodyIsCutOff(int status, String head) {
    portal.fault(
        "/doc/1.pdf",
        (socket, good) -> {
          socket
              .getOutputStream()
              .write(bytes("HTTP/1.1 %d X\r\n%s\r\n5\r\nshort".formatted(status, head)));
          return false;
        });

    assertThat(door.send(document(1)).status()).isEqualTo(status);
    assertThat(door.send(document(2)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 O",
        "HTTP/1.1 404 Not Found\\r\\n",
        "HTTP/1.1 200 OK\\r\\nContent-Type: appl",
        "HTTP/1.1 302 Found\\r\\nLocation: /doc/2",
        "HTTP/1.1 204 No Content\\r\\nX: y\\r\\n",
      })
  void aTruncatedResponseHeadIsNotAnAnswer(String head) {
    portal.fault(
        "/doc/1.pdf",
        (socket, good) -> {
          socket.getOutputStream().write(bytes(head));
          return false;
        });

    PortalException failure =
        catchThrowableOfType(PortalException.class, () -> door.send(document(1)));

    assertThat(failure.reason()).isEqualTo(FailureReason.TRUNCATED);
    assertThat(failure).hasMessageContaining("broke off in its head");
    assertThat(door.send(document(2)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/~a/*,;=:@!$&'()+/c.pdf?~%zz", "/a/%41%.pdf"})
  void anAddressIsRequestedLetterByLetterAsBrowsersDo(String target) throws Exception {
    door.send(Request.document(portal.url() + target, folder.resolve("1.pdf")));

    assertThat(portal.requestsTo(target)).isEqualTo(1);
  }

  @Test
  void aDocumentIsNeverWrittenThroughALinkThatWasPlantedInTheSpool() throws Exception {
    Path outside = folder.resolve("outside");
    Files.createSymbolicLink(folder.resolve("1.pdf"), outside);

    assertThat(door.send(document(1)).status()).isEqualTo(200);

    assertThat(outside).doesNotExist();
    assertThat(Files.isSymbolicLink(folder.resolve("1.pdf"))).isFalse();
  }

  /** Sends these parts, byte for byte, and keeps the connection. */
  private static Fault raw(byte[]... parts) {
    return (socket, good) -> {
      for (byte[] part : parts) {
        socket.getOutputStream().write(part);
      }
      return true;
    };
  }

  private Reply answers(String head, byte[] body) {
    portal.fault("/doc/1.pdf", raw(bytes(OK + head + "\r\n"), body));
    return door.send(document(1));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 11\r\nContent-Length: 11\r\n",
        "Content-Length: 11\r\nX: y\r\ncontent-length:  11 \r\nContent-Length: 11\r\n",
        "Content-Length: 11, 11\r\n"
      })
  void equalContentLengthsCountAsOne(String head) throws Exception {
    assertThat(answers(head, bytes("%PDF-%%EOF\n")).spooled().size()).isEqualTo(11);
    assertThat(door.send(document(2)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: 11\r\nContent-Length: 10\r\n", "Content-Length: 11, 10\r\n"})
  void differentContentLengthsAreAFailure(String head) {
    assertThatThrownBy(() -> answers(head, bytes("%PDF-%%EOF\n")))
        .isInstanceOf(PortalException.class);
    assertThat(door.send(document(2)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no header at all\r\nContent-Length: 11\r\n",
        ": x\r\nContent-Length: 11\r\n",
        "Content-Length : 11\r\n",
        "Transfer-Encoding: identity\r\nContent-Length: 11\r\n",
      })
  void headersAreReadAsBrowsersReadThem(String head) throws Exception {
    assertThat(answers(head, bytes("%PDF-%%EOF\n")).spooled().size()).isEqualTo(11);
    assertThat(door.send(document(2)).status()).isEqualTo(200);
  }

  @Test
  void aPdfThatIsDeclaredAsGzipIsThatPdf() throws Exception {
    byte[] pdf = bytes("%PDF-1.4 %%EOF");
    answers("Content-Encoding: gzip\r\nContent-Length: 14\r\n", pdf);
    assertThat(Files.readAllBytes(folder.resolve("1.pdf"))).isEqualTo(pdf);
  }

  @Test
  void aGzipBodyIsDecodedAndReadToItsDeclaredLength() throws Exception {
    byte[] pdf = portal.bytesOf("x");
    byte[] zip = gzip(pdf);
    answers("Content-Encoding: GZIP\r\nContent-Length: " + zip.length + "\r\n", zip);
    assertThat(Files.readAllBytes(folder.resolve("1.pdf"))).isEqualTo(pdf);

    byte[] padded = Arrays.copyOf(zip, zip.length + 100);
    answers("Content-Encoding: gzip\r\nContent-Length: " + padded.length + "\r\n", padded);
    assertThat(Files.readAllBytes(folder.resolve("1.pdf"))).isEqualTo(pdf);
    assertThat(door.send(document(2)).status()).isEqualTo(200);
    assertThat(Files.readAllBytes(folder.resolve("2.pdf"))).isEqualTo(portal.bytesOf("/doc/2.pdf"));
  }

  @Test
  void aGzipThatIsCutShortIsTruncated() throws Exception {
    byte[] zip = gzip(portal.bytesOf("x"));
    byte[] half = Arrays.copyOf(zip, zip.length / 2);
    assertThatThrownBy(
            () ->
                answers("Content-Encoding: gzip\r\nContent-Length: " + half.length + "\r\n", half))
        .isInstanceOfSatisfying(
            PortalException.class,
            failure -> assertThat(failure.reason()).isEqualTo(FailureReason.TRUNCATED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n%PDF-9.9 %%EOF",
        "%PDF-9.9 %%EOF",
        "\r\n",
        "HTTP/1.1 404 Not Found\r\n\r\n"
      })
  void bytesAfterAnAnswerNeverBecomeTheNextAnswer(String more) throws Exception {
    answers("Content-Length: 14\r\n", bytes("%PDF-1.4 %%EOF" + more));

    assertThat(door.send(document(2)).status()).isEqualTo(200);
    assertThat(Files.readAllBytes(folder.resolve("2.pdf"))).isEqualTo(portal.bytesOf("/doc/2.pdf"));

    answers("Content-Length: 14\r\n", bytes("%PDF-1.4 %%EOF" + more));
    Request form = new Request("POST", address(2), Map.of(), "a=b", null);
    assertThat(door.send(form).body()).isEqualTo(portal.bytesOf("/doc/2.pdf"));
  }

  @Test
  void aSecondAnswerThatComesALittleLaterIsNotTheNextOneEither() throws Exception {
    byte[] pdf = bytes(OK + "Content-Length: 14\r\n\r\n%PDF-1.4 %%EOF");
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch sentAgain = new CountDownLatch(1);
    portal.fault(
        "/doc/1.pdf",
        (socket, good) -> {
          socket.getOutputStream().write(pdf);
          await(taken);
          socket.getOutputStream().write(pdf);
          sentAgain.countDown();
          return true;
        });

    door.send(document(1));
    taken.countDown();
    await(sentAgain);
    door.send(document(2));

    assertThat(Files.readAllBytes(folder.resolve("2.pdf"))).isEqualTo(portal.bytesOf("/doc/2.pdf"));
  }

  /** Answers, and closes the connection without a word about it. */
  private void answerAndClose(int number) throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    portal.fault(
        "/doc/%d.pdf".formatted(number),
        (socket, good) -> {
          Fault.body("application/pdf", good).answer(socket, good);
          socket.close();
          closed.countDown();
          return false;
        });

    assertThat(door.send(document(number)).status()).isEqualTo(200);
    await(closed);
  }

  @Test
  void aPortalThatClosesConnectionsSilentlyCostsOnlyOneRequest() throws Exception {
    answerAndClose(1);
    assertThatThrownBy(() -> door.send(document(2)))
        .hasMessageContaining("the server closed the connection without an answer");

    for (int number = 3; number < 7; number++) {
      answerAndClose(number);
    }
    assertThat(door.send(document(2)).status()).isEqualTo(200);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onlyTheRequestedBeginningOfALongBodyIsRead() {
    portal.fault("/doc/1.pdf", endless(CHUNKED, "5\r\nhello\r\n"));

    assertThat(door.send(Request.beginning(address(1), 12)).body())
        .isEqualTo(bytes("hellohellohe"));
    assertThat(door.send(document(2)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: y", "Retry-After: 0", "Retry-After: soon", "Retry-After: 10"})
  void a429NeverCountsAsAnAttempt(String header) throws Exception {
    AtomicLong end = new AtomicLong(); // 90 s after the first request
    Fault busy = Fault.status(429, header);
    for (String path : List.of("/doc/1.pdf", "/list/1")) {
      portal.fault(
          path,
          (socket, good) -> {
            end.compareAndSet(0, fast.nanos() + Duration.ofSeconds(90).toNanos());
            return fast.nanos() - end.get() < 0
                ? busy.answer(socket, good)
                : Fault.body("application/pdf", good).answer(socket, good);
          });
    }

    assertThat(door.send(document(1)).status()).isEqualTo(200);
    assertThat(door.send(Request.page(URI.create(portal.url() + "/list/1"))).status())
        .isEqualTo(200);
    assertThat(portal.requestsTo("/doc/1.pdf")).as("10 s, 20 s, 40 s ...").isBetween(2, 11);
  }

  @Test
  void aStopEndsAPauseAtOnce() {
    portal.fault("/doc/1.pdf", Fault.status(429, "Retry-After: 315360000"));
    StopSignal stop = new StopSignal(Ticker.system(watch));
    CamelPortalHttp other = new CamelPortalHttp(context.createProducerTemplate(), 2, () -> stop);
    CompletableFuture<Reply> sent = CompletableFuture.supplyAsync(() -> other.send(document(1)));
    Awaitility.await().until(() -> portal.requestsTo("/doc/1.pdf") == 1);

    stop.fire();

    assertThatThrownBy(sent::get).hasCauseInstanceOf(CancellationException.class);
    assertThat(portal.requestsTo("/doc/1.pdf")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/doc/a%zz.pdf", "/doc/100%?x=%&y=%4", "/doc/%", "/doc/a%25zz.pdf"})
  void aPercentSignThatStartsNoEscapeIsSentAsItStands(String path) {
    portal.fault(path, Fault.status(404));

    assertThat(door.send(Request.document(portal.url() + path, folder.resolve("x"))).status())
        .isEqualTo(404);
    assertThat(portal.requestsTo(path)).isEqualTo(1);
  }

  @Test
  void theOperatorsCookiesAreSentBesideThoseOfTheSession() {
    door.send(Request.page(address(1)));
    door.send(Request.page(address(2)).with(Map.of("Cookie", "s=1")));

    assertThat(portal.requests().get(0).headers()).containsEntry("cookie", "consent=1");
    assertThat(portal.requests().get(1).headers()).containsEntry("cookie", "consent=1; s=1");
  }

  @Test
  void requestsCarryWhatABrowserSendsAndNeverAProtocolUpgrade() {
    door.send(Request.page(address(1)));
    door.send(document(2));

    Map<String, String> page = portal.requests().get(0).headers();
    Map<String, String> document = portal.requests().get(1).headers();
    assertThat(page.get("accept")).startsWith("text/html").contains("*/*");
    assertThat(document.get("accept")).startsWith("application/pdf").contains("*/*");
    for (Map<String, String> headers : List.of(page, document)) {
      assertThat(headers)
          .containsEntry("accept-encoding", "gzip")
          .containsEntry("user-agent", "test")
          .containsEntry("x-own", "own value")
          .doesNotContainKey("upgrade");
      assertThat(headers.getOrDefault("connection", "")).doesNotContainIgnoringCase("upgrade");
    }
  }
}
