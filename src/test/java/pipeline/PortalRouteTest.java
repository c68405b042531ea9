package pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import model.FailureReason;
import model.StopSignal;
import model.Ticker;
import monitor.HarvestMetrics;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import portal.PortalException;
import portal.Reply;
import portal.Request;
import portal.http.Governor;
import portal.http.PortalClient;
import portal.http.ResponseReader;
import portal.http.Transfers;
import routes.PortalRoutes;
import testing.Fault;
import testing.PortalSimulator;

/** The route to the portal, with a portal that sends endless responses. */
class PortalRouteTest extends CamelTestSupport {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  @TempDir Path folder;
  private final ScheduledExecutorService watch = Executors.newScheduledThreadPool(1);
  private final Transfers transfers = new Transfers(Ticker.system(watch), TIMEOUT);
  private final AtomicLong sent = new AtomicLong();
  private PortalSimulator portal;
  private CamelPortalHttp door;

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext context = super.createCamelContext();
    context.setStreamCaching(false); // like the program's context
    context.addComponent("http", PortalClient.create(1, TIMEOUT, TIMEOUT, transfers));
    return context;
  }

  @Override
  protected RoutesBuilder createRouteBuilder() {
    return new PortalRoutes(
        new PortalSteps(
            new Governor(0, 1, () -> 1, Ticker.system(watch)),
            transfers,
            new ResponseReader(1_000_000, InstantSource.system()),
            "test",
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
    return Request.document(address(number), folder.resolve(number + ".pdf"));
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

  @Test
  void aDocumentIsNeverWrittenThroughALinkThatWasPlantedInTheSpool() throws Exception {
    Path outside = folder.resolve("outside");
    Files.createSymbolicLink(folder.resolve("1.pdf"), outside);

    assertThat(door.send(document(1)).status()).isEqualTo(200);

    assertThat(outside).doesNotExist();
    assertThat(Files.isSymbolicLink(folder.resolve("1.pdf"))).isFalse();
  }
}
