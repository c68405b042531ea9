package portal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import model.FailureReason;
import model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import portal.AllowedHosts;
import portal.PortalException;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;
import portal.RobotsException;
import testing.VirtualTicker;

@Timeout(60)
class RobotsGateTest {
  private static final String ROBOTS = "http://portal.test/robots.txt";
  private static final String LISTING = "http://portal.test/list/3?sort=date";
  private static final String DOCUMENT = "http://portal.test/doc/17.pdf";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final VirtualTicker ticker = new VirtualTicker();
  private final StopSignal stop = new StopSignal(ticker);
  private final Map<String, Supplier<Reply>> answers = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<Duration> apart = new ConcurrentLinkedQueue<>();
  private final RobotsGate gate =
      new RobotsGate(
          List.of("portal.test", "files.test:8080"), (time, why) -> apart.add(time), ticker);

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatIsAllowedPassesAfterOneReading() {
    robots("User-agent: *", "Disallow: /admin/");

    ask(LISTING, DOCUMENT, LISTING);

    assertThat(asked).containsExactly(ROBOTS, LISTING, DOCUMENT, LISTING);
  }

  @Test
  void whatIsDisallowedIsNotRequestedAndTheReasonSaysWhatWouldHelp() {
    robots("User-agent: *", "Disallow: /list/");

    assertThatThrownBy(() -> ask(LISTING))
        .isInstanceOf(RobotsException.class)
        .hasMessage(
            "http://portal.test/robots.txt disallows /list/3?sort=date for judgment-harvester;"
                + " the portal's owner must allow it, or portal.robots=ignore be set");
    assertRefused(LISTING);
    ask(DOCUMENT);
    assertThat(asked).containsExactly(ROBOTS, DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"judgment-harvester", "Judgment-Harvester", "judgment-harvester/0.1"})
  void theGroupOfItsNameTakesPrecedenceOverTheGeneralOne(String name) {
    robots("User-agent: *", "Disallow: /", "", "User-agent: " + name, "Disallow: /doc/");

    ask(LISTING);
    assertRefused(DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"judgment", "judgment-harvester-2", "harvester"})
  void theGroupOfASimilarNameIsIgnored(String name) {
    robots("User-agent: " + name, "Disallow: /");

    ask(LISTING);
  }

  @ParameterizedTest
  @CsvSource({
    "/doc/17.pdf, false",
    "/doc/, false",
    "/*.pdf$, false",
    "/doc/1, false",
    "/DOC/, true",
    "/doc/17.pdf$, false",
    "/doc/17$, true",
  })
  void pathsAreMatchedAsTheStandardSays(String pattern, boolean allowed) {
    robots("User-agent: *", "Disallow: " + pattern);

    assertThat(isAllowed(DOCUMENT)).isEqualTo(allowed);
  }

  @Test
  void theLongestMatchDecides() {
    robots("User-agent: *", "Disallow: /", "Allow: /doc/");

    ask(DOCUMENT);
    assertRefused(LISTING);
  }

  @Test
  void eachSchemeHostAndPortHasItsOwnRobotsTxt() {
    robots("User-agent: *", "Disallow: /");
    answers.put("https://portal.test/robots.txt", () -> reply(404));
    answers.put("http://portal.test:8080/robots.txt", () -> reply(404));

    ask("https://portal.test/a", "http://portal.test:8080/a");
    assertRefused("http://portal.test/a");
  }

  @Test
  void itIsReadAgainAfterADayAndNotBefore() {
    robots("User-agent: *", "Disallow: /");
    assertRefused(DOCUMENT);
    robots("User-agent: *", "Disallow:");

    ticker.pass(Duration.ofHours(24).minusSeconds(1));
    assertRefused(DOCUMENT);
    ticker.pass(Duration.ofSeconds(1));
    ask(DOCUMENT);

    assertThat(asked).containsExactly(ROBOTS, ROBOTS, DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 400, 401, 403, 404, 410, 304})
  void withoutARobotsTxtEverythingIsAllowed(int status) {
    answers.put(ROBOTS, () -> reply(status));

    ask(LISTING, DOCUMENT);

    assertThat(asked).containsExactly(ROBOTS, LISTING, DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {203, 206})
  void aPossiblyIncompleteRobotsTxtAllowsNothing(int status) {
    answers.put(ROBOTS, () -> reply(status));

    assertThatThrownBy(() -> ask(LISTING))
        .isInstanceOf(RobotsException.class)
        .hasMessageContaining("http://portal.test/robots.txt answered %d,".formatted(status))
        .hasMessageContaining("until it can be read nothing is fetched");
    assertRefused(DOCUMENT);
  }

  @Test
  void anEmptyOrInvalidRobotsTxtAllowsEverything() {
    robots("");
    ask(LISTING);
    ticker.pass(Duration.ofDays(2));
    robots("<html><body>Welcome</body></html>");
    ask(LISTING);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void aServerInTroubleSuspendsEverythingUntilItAnswers(int status) {
    answers.put(ROBOTS, () -> tooBusy(ROBOTS, status));

    assertThatThrownBy(() -> ask(LISTING))
        .isInstanceOf(RobotsException.class)
        .hasMessage(
            "http://portal.test/robots.txt answered %d; until it can be read nothing is fetched"
                .formatted(status));
    assertRefused(DOCUMENT);
    answers.put(ROBOTS, () -> reply(404));
    ask(DOCUMENT);

    assertThat(asked).containsExactly(ROBOTS, ROBOTS, ROBOTS, DOCUMENT);
  }

  @Test
  void aServerInTroubleAlsoSuspendsWhatWasAllowedTheDayBefore() {
    robots("User-agent: *", "Allow: /");
    ask(DOCUMENT);
    ticker.pass(Duration.ofDays(1));
    answers.put(ROBOTS, () -> tooBusy(ROBOTS, 503));

    assertRefused(DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "timeout", "reset"})
  void aPortalThatIsDownIsReportedForRobotsTxtAsForAnyRequest(String reason) {
    PortalException away =
        new PortalException(FailureReason.of(reason).orElseThrow(), ROBOTS + ": away");
    answers.put(ROBOTS, () -> failure(away));

    assertThatThrownBy(() -> ask(DOCUMENT)).isSameAs(away);
    answers.put(ROBOTS, () -> reply(404));
    ask(DOCUMENT);

    assertThat(asked).containsExactly(ROBOTS, ROBOTS, DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncated", "unreadable"})
  void aTruncatedRobotsTxtSuspendsAndIsHeldAgainstNoDocument(String reason) {
    answers.put(
        ROBOTS,
        () ->
            failure(
                new PortalException(FailureReason.of(reason).orElseThrow(), ROBOTS + ": half")));

    assertThatThrownBy(() -> ask(DOCUMENT))
        .isInstanceOf(RobotsException.class)
        .hasMessage(ROBOTS + ": half; until it can be read nothing is fetched");
  }

  @Test
  void fiveRedirectsAreFollowed() {
    redirect(ROBOTS, "/1");
    for (int i = 1; i < 4; i++) {
      redirect("http://portal.test/" + i, "http://portal.test/" + (i + 1));
    }
    redirect("http://portal.test/4", "http://files.test:8080/robots.txt");
    answers.put("http://files.test:8080/robots.txt", () -> text("User-agent: *", "Disallow: /"));

    assertRefused(DOCUMENT);
    assertThat(asked).hasSize(6);
  }

  @Test
  void aRedirectLoopIsNoPermission() {
    redirect(ROBOTS, ROBOTS);

    assertThatThrownBy(() -> ask(DOCUMENT))
        .isInstanceOf(RobotsException.class)
        .hasMessageContaining("on the host portal.test, redirects again after 5 redirects");
    assertThat(asked).hasSize(6).containsOnly(ROBOTS);
  }

  @ParameterizedTest
  @CsvSource({
    "http://elsewhere.test/robots.txt, elsewhere.test",
    "https://elsewhere.test:8443/,     elsewhere.test:8443",
    "//elsewhere.test/robots.txt,      elsewhere.test",
    "http://files.test/robots.txt,     files.test",
    "http://www2.portal.test/,         www2.portal.test",
    "http://www.www.portal.test/,      www.www.portal.test",
    "ftp://portal.test/robots.txt,     portal.test",
    "javascript:1,                     portal.test",
    "'',                               portal.test"
  })
  void aRedirectToAnotherHostOrNowhereIsNoPermissionAndTheMessageNamesTheHost(
      String location, String host) {
    redirect(ROBOTS, location);

    assertThatThrownBy(() -> ask(DOCUMENT))
        .isInstanceOf(RobotsException.class)
        .hasMessageContaining("host " + host)
        .hasMessageContaining("until it can be read nothing is fetched");
    assertThat(asked).containsExactly(ROBOTS);
  }

  @ParameterizedTest
  @CsvSource({
    "http://portal.test,     https://www.portal.test/robots.txt",
    "http://portal.test,     http://www.portal.test:8080/robots.txt",
    "http://www.portal.test, http://portal.test/robots.txt"
  })
  void aHostAndItsWwwNameAreOneForRobotsTxt(String host, String target) {
    redirect(host + "/robots.txt", target);
    answers.put(target, () -> text("User-agent: *", "Disallow: /doc/"));

    assertRefused(host + "/doc/17.pdf");
    assertThat(asked).containsExactly(host + "/robots.txt", target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Disallow: /doc/", "Disallow: /", "Disallow: /*.pdf$"})
  void aDisallowedDocumentIsRejectedAndAnythingElseWaits(String rule) {
    robots("User-agent: *", rule, "Allow: /list/");
    Request document = Request.document(DOCUMENT, Path.of("unused"));

    PortalException rejected =
        catchThrowableOfType(
            PortalException.class,
            () -> gate.before(this::answer, () -> stop, () -> {}).send(document));

    assertThat(rejected.failure().reason()).contains(FailureReason.ROBOTS);
    assertThat(rejected.failure().isFinal()).isTrue();
    assertRefused(DOCUMENT);
    ask(LISTING);
    assertThat(asked).containsExactly(ROBOTS, LISTING);
  }

  @Test
  void aHostWithAnExcessiveCrawlDelayRejectsNoDocument() {
    robots("User-agent: *", "Crawl-delay: 86401");
    Request document = Request.document(DOCUMENT, Path.of("unused"));

    assertThatThrownBy(() -> gate.before(this::answer, () -> stop, () -> {}).send(document))
        .isInstanceOf(RobotsException.class);
  }

  @Test
  void theTargetOfARedirectPassesTheRobotsTxtOfItsOwnHost() {
    redirect("http://portal.test/doc/17.pdf", "http://files.test:8080/secret/17.pdf");
    answers.put(ROBOTS, () -> reply(404));
    answers.put(
        "http://files.test:8080/robots.txt", () -> text("User-agent: *", "Disallow: /secret/"));
    PortalHttp following =
        new Redirects(new AllowedHosts(List.of("portal.test", "files.test:8080")), 5)
            .around(gate.before(this::answer, () -> stop, () -> {}));
    Request document = Request.document(DOCUMENT, Path.of("unused"));

    assertThatThrownBy(() -> following.send(document))
        .isInstanceOfSatisfying(
            PortalException.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(FailureReason.ROBOTS));
    assertThatThrownBy(() -> following.send(Request.page(URI.create(DOCUMENT))))
        .isInstanceOf(RobotsException.class)
        .hasMessageContaining("files.test:8080/robots.txt disallows /secret/17.pdf");
    assertThat(asked).doesNotContain("http://files.test:8080/secret/17.pdf");
  }

  @Test
  void aRedirectToAServerInTroubleSuspends() {
    redirect(ROBOTS, "http://files.test:8080/robots.txt");
    String other = "http://files.test:8080/robots.txt";
    answers.put(other, () -> tooBusy(other, 500));

    assertThatThrownBy(() -> ask(DOCUMENT))
        .isInstanceOf(RobotsException.class)
        .hasMessageContaining("http://files.test:8080/robots.txt answered 500");
  }

  @Test
  void everythingAfterTheFirst500KiBIsIgnored() {
    String comment = "# " + "x".repeat(1021) + "\n"; // 1 KiB
    robots("User-agent: *\nDisallow: /list/\n" + comment.repeat(499) + "Disallow: /early/");
    assertRefused(LISTING);
    assertRefused("http://portal.test/early/1");
    ticker.pass(Duration.ofDays(1));
    robots("User-agent: *\nDisallow: /list/\n" + comment.repeat(500) + "Disallow: /doc/");

    assertRefused(LISTING);
    ask(DOCUMENT);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1s",
    "0.3, 0.3s",
    "1.5, 1.5s",
    "600, 10m",
    "86400, 24h",
    "0, 0s",
    "-3, 0s",
    "soon, 0s"
  })
  void theCrawlDelayIsKept(String delay, String expected) {
    robots("User-agent: *", "Crawl-delay: " + delay);

    ask(DOCUMENT);

    assertThat(apart).containsExactly(Duration.parse("PT" + expected));
  }

  @Test
  void aCrawlDelayOfMoreThanADayCountsAsDisallowed() {
    robots("User-agent: *", "Crawl-delay: 86401");

    assertThatThrownBy(() -> ask(DOCUMENT))
        .isInstanceOf(RobotsException.class)
        .hasMessageContaining("asks for a Crawl-delay of more than 24 hours");
  }

  @Test
  void theCrawlDelayOfItsOwnGroupCounts() {
    robots("User-agent: *", "Crawl-delay: 9", "", "User-agent: judgment-harvester", "Disallow: /a");

    ask(DOCUMENT);

    assertThat(apart).containsExactly(Duration.ZERO);
  }

  @Test
  void theSlowestOfSeveralHostsCountsUntilItRequestsLess() {
    robots("User-agent: *", "Crawl-delay: 5");
    String other = "http://files.test:8080/robots.txt";
    answers.put(other, () -> text("User-agent: *", "Crawl-delay: 2"));

    ask(DOCUMENT, "http://files.test:8080/a.pdf");
    ticker.pass(Duration.ofDays(1));
    answers.put(ROBOTS, () -> tooBusy(ROBOTS, 503));
    assertRefused(DOCUMENT);
    ask("http://files.test:8080/a.pdf");
    answers.put(ROBOTS, () -> reply(404));
    ask(DOCUMENT);

    assertThat(apart.stream().map(Duration::toSeconds)).containsExactly(5L, 5L, 5L, 2L);
  }

  @Test
  void requestsThatArriveWhileItIsReadWaitForIt() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    answers.put(ROBOTS, () -> text(answer, "User-agent: *", "Disallow: /list/"));
    List<Future<?>> allowed = new ArrayList<>();
    List<Future<?>> refused = new ArrayList<>();
    Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 8; i++) {
      allowed.add(threads.submit(() -> askOn(waiting, DOCUMENT)));
      refused.add(threads.submit(() -> askOn(waiting, LISTING)));
    }
    await().until(() -> waiting.size() == 16 && waiting.stream().allMatch(RobotsGateTest::waits));
    assertThat(asked).containsExactly(ROBOTS);
    answer.countDown();

    for (Future<?> each : allowed) {
      each.get();
    }
    for (Future<?> each : refused) {
      assertThatThrownBy(each::get).hasCauseInstanceOf(RobotsException.class);
    }
    assertThat(asked).hasSize(9).containsOnlyOnce(ROBOTS);
  }

  @Test
  void requestsThatWaitForAReadShareItsFailure() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    answers.put(
        ROBOTS,
        () -> {
          text(answer);
          return tooBusy(ROBOTS, 503);
        });
    Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    Future<?> first = threads.submit(() -> askOn(waiting, DOCUMENT));
    Future<?> second = threads.submit(() -> askOn(waiting, DOCUMENT));
    await().until(() -> waiting.size() == 2 && waiting.stream().allMatch(RobotsGateTest::waits));
    answer.countDown();

    assertThatThrownBy(first::get).hasCauseInstanceOf(RobotsException.class);
    assertThatThrownBy(second::get).hasCauseInstanceOf(RobotsException.class);
  }

  @Test
  void aRequestThatWaitsForAReadLeavesWhenItsScriptStops() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    answers.put(ROBOTS, () -> text(never));
    threads.submit(() -> ask(DOCUMENT));
    await().until(() -> asked.contains(ROBOTS));
    Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    Future<?> waiter = threads.submit(() -> askOn(waiting, LISTING));
    await().until(() -> waiting.stream().anyMatch(RobotsGateTest::waits));
    assertThat(waiter.isDone()).isFalse();
    stop.fire();

    assertThatThrownBy(waiter::get).hasCauseInstanceOf(CancellationException.class);
    assertThat(asked).containsExactly(ROBOTS);
  }

  @Test
  void whenTheReadersScriptStopsAnotherTakesOver() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    answers.put(
        ROBOTS,
        () -> {
          text(cancelled);
          answers.put(ROBOTS, () -> reply(404));
          throw new CancellationException("the script stops");
        });
    Future<?> reader = threads.submit(() -> ask(DOCUMENT));
    await().until(() -> asked.contains(ROBOTS));
    Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    Future<?> other = threads.submit(() -> askOn(waiting, LISTING));
    await().until(() -> waiting.stream().anyMatch(RobotsGateTest::waits));
    cancelled.countDown();

    assertThatThrownBy(reader::get).hasCauseInstanceOf(CancellationException.class);
    other.get();
    assertThat(asked).containsExactly(ROBOTS, ROBOTS, LISTING);
  }

  @Test
  void anInterruptedWaitEndsAndItsThreadStaysInterrupted() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    answers.put(ROBOTS, () -> text(never));
    threads.submit(() -> ask(DOCUMENT));
    await().until(() -> asked.contains(ROBOTS));
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    Thread waiter =
        new Thread(
            () -> {
              catchThrowableOfType(CancellationException.class, () -> ask(LISTING));
              stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
    waiter.start();
    waiter.interrupt();
    waiter.join();

    assertThat(stillInterrupted).isTrue();
  }

  private void robots(String... lines) {
    answers.put(ROBOTS, () -> text(lines));
  }

  private void redirect(String from, String to) {
    answers.put(from, () -> new Reply(302, Map.of("location", List.of(to)), new byte[0], null));
  }

  private void ask(String... addresses) {
    for (String address : addresses) {
      gate.before(this::answer, () -> stop, () -> {}).send(Request.page(URI.create(address)));
    }
  }

  /** Sends a request on a thread that can be observed. */
  private void askOn(Queue<Thread> threads, String address) {
    threads.add(Thread.currentThread());
    ask(address);
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  private boolean isAllowed(String address) {
    return catchThrowableOfType(RobotsException.class, () -> ask(address)) == null;
  }

  private void assertRefused(String address) {
    long before = asked.stream().filter(address::equals).count();
    assertThat(isAllowed(address)).isFalse();
    assertThat(asked.stream().filter(address::equals)).hasSize((int) before);
  }

  /** The portal. */
  private Reply answer(Request request) {
    asked.add(request.uri().toString());
    return answers.getOrDefault(request.uri().toString(), () -> reply(200)).get();
  }

  private static Reply tooBusy(String address, int status) {
    return failure(
        new PortalException(FailureReason.http(status), address + " answered " + status));
  }

  private static Reply failure(PortalException failure) {
    throw failure;
  }

  private static Reply reply(int status) {
    return new Reply(status, Map.of(), new byte[0], null);
  }

  private static Reply text(String... lines) {
    byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return new Reply(200, Map.of(), body, null);
  }

  private static Reply text(CountDownLatch when, String... lines) {
    try {
      when.await();
    } catch (InterruptedException e) {
      throw new CancellationException("the test ends");
    }
    return text(lines);
  }
}
