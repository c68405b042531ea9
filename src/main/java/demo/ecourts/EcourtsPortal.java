package demo.ecourts;

import com.sun.net.httpserver.HttpExchange;
import demo.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A portal on loopback that behaves like the eCourts judgment search, and refuses what the real one
 * would refuse. All content is fictional.
 */
public final class EcourtsPortal implements AutoCloseable {
  private static final int THREADS = 32;

  private final PortalMoods moods;
  private final PortalRecord record = new PortalRecord();
  private final JudgmentList judgments;
  private final SimulatedSessions sessions;
  private final DocumentHandler documents;
  private final PostHandler posts;
  private final Map<ByteBuffer, String> captchas = new ConcurrentHashMap<>();
  private final LoopbackServer server;
  private volatile Function<PortalCall, Optional<PortalFault>> faults = call -> Optional.empty();

  /**
   * Starts a portal on a free port.
   *
   * @param documents how many judgments of the High Courts it lists
   * @throws IOException when no port can be opened
   */
  public EcourtsPortal(int documents, PortalMoods moods) throws IOException {
    this.moods = moods;
    this.judgments = new JudgmentList(documents, moods.plainRows());
    this.sessions = new SimulatedSessions(moods, record);
    this.documents = new DocumentHandler(judgments, moods, record);
    this.posts =
        new PostHandler(
            sessions, new ListingHandler(judgments, moods, record), this.documents, record);
    this.server = new LoopbackServer("ecourts-portal", THREADS, this::answer);
  }

  /** The address of its search page: the value for {@code portal.url}. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.port() + PortalRequest.HOME);
  }

  /** The requests it received, and what it did with them. */
  public PortalRecord record() {
    return record;
  }

  /** The judgment with this number, whether it is listed or not. */
  public EcourtsJudgment judgment(int number) {
    return judgments.judgment(number);
  }

  /** The judgments of the High Courts, in the current order of the listing. */
  public List<EcourtsJudgment> listed() {
    return judgments.find(SearchFilter.EVERYTHING);
  }

  /** The text that the image of a captcha shows; empty if the image is not from this portal. */
  public Optional<String> textOf(byte[] png) {
    return Optional.ofNullable(captchas.get(ByteBuffer.wrap(png)));
  }

  /** Inserts new judgments at the front of the listing, with the next free numbers. */
  public void grow(int by) {
    judgments.grow(by);
  }

  /** Ends every session now. */
  public void endSessions() {
    sessions.endAll();
  }

  /**
   * Injects faults from now on. Only requests that the portal would serve are affected, not those
   * it would refuse for their headers, cookies or token.
   *
   * @param byCall the fault for a request, empty for none; while this function blocks, so does the
   *     response
   */
  public void faults(Function<PortalCall, Optional<PortalFault>> byCall) {
    faults = byCall;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      PortalRequest request = PortalRequest.read(exchange);
      PortalCall call = record.add(request, subject(request), sessions.number(request));
      answer(request, () -> faults.apply(call)).send(exchange);
    }
  }

  private String subject(PortalRequest request) {
    return switch (request.kind()) {
      case LISTING -> request.form().text("iDisplayStart");
      case OPEN, SOLVED_OPEN -> request.form().text("path");
      case DOCUMENT -> documents.path(request.path());
      default -> "";
    };
  }

  private PortalAnswer answer(PortalRequest request, Supplier<Optional<PortalFault>> fault) {
    return switch (request.kind()) {
      case LISTING, OPEN, SOLVED_OPEN, CHECK_CAPTCHA -> posts.answer(request, fault);
      case START -> unless(fault, () -> start(request));
      case IMAGE -> unless(fault, () -> inSession(request, this::image));
      case DOCUMENT ->
          unless(
              fault, () -> inSession(request, session -> documents.fetch(request.path(), session)));
      case ROBOTS -> unless(fault, this::robots);
      case OTHER -> PortalAnswer.html(PortalPages.notFound()).withStatus(404);
    };
  }

  private static PortalAnswer unless(
      Supplier<Optional<PortalFault>> fault, Supplier<PortalAnswer> right) {
    PortalFault.Usual usual =
        new PortalFault.Usual(
            right, message -> PortalAnswer.json("errormsg", message), PostHandler::expired);
    return fault.get().map(wrong -> wrong.answer(usual)).orElseGet(right);
  }

  /** The search page, in the visitor's session or in a new one. */
  private PortalAnswer start(PortalRequest request) {
    Optional<SimulatedSession> known = sessions.admit(request);
    if (known.isPresent()) {
      SimulatedSession session = known.get();
      return sessions.afterAnswer(session, PortalAnswer.html(PortalPages.search(session.token())));
    }
    SimulatedSession opened = sessions.open();
    return PortalAnswer.html(PortalPages.search("")).withCookies(sessions.cookies(opened));
  }

  private PortalAnswer inSession(
      PortalRequest request, Function<SimulatedSession, Optional<PortalAnswer>> answers) {
    return sessions
        .admit(request)
        .flatMap(
            session -> answers.apply(session).map(answer -> sessions.afterAnswer(session, answer)))
        .orElseGet(() -> PortalAnswer.html(PortalPages.notFound()));
  }

  private Optional<PortalAnswer> image(SimulatedSession session) {
    String text = session.newCaptcha();
    byte[] png = CaptchaPicture.png(text);
    captchas.put(ByteBuffer.wrap(png), text);
    return Optional.of(PortalAnswer.of("image/png", png));
  }

  private PortalAnswer robots() {
    return PortalAnswer.of("text/plain", moods.robots().getBytes(StandardCharsets.US_ASCII));
  }

  /** Aborts responses in progress. */
  @Override
  public void close() {
    server.close();
  }
}
