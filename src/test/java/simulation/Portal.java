package simulation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import portal.Request;
import portal.http.SimulatedHttp.Answer;

/** A portal: lists documents in pages, newest first, and has its moods. */
final class Portal {
  static final String ROOT = "http://portal.test";

  private final World world;
  private final Random chance;
  private final Checks checks;
  private final Trace trace;
  private final Politeness politeness;
  private final int pageSize;
  private final List<Document> list = new ArrayList<>();
  private final Map<String, Document> documents = new HashMap<>();
  private final Map<String, Long> troubles = new HashMap<>();
  private final Map<String, Set<Integer>> outages = new HashMap<>();
  private Faults faults = Faults.NONE;
  private boolean wantsCaptcha;
  private int made;
  private int requests;

  /**
   * @param twice one in this many documents is listed twice
   * @param apart how far from each other
   */
  Portal(
      World world, long seed, Settings settings, int twice, int apart, Checks checks, Trace trace) {

    this.world = world;
    this.chance = new Random(seed);
    this.checks = checks;
    this.trace = trace;
    this.politeness = new Politeness(world, checks);
    this.pageSize = settings.pageSize();
    grow(settings.documents());
    for (int i = 0; i < settings.documents(); i++) { // as far apart as the scripts are
      if (list.get(i).kind() == Document.Kind.GOOD && chance.nextInt(twice) == 0) {
        list.add(Math.min(list.size(), i + apart), list.get(i));
      }
    }
  }

  /** New documents come first. */
  void grow(int count) {
    for (int i = 0; i < count; i++) {
      Document.Kind kind = Document.Kind.of(chance.nextInt(100));
      String folder =
          switch (kind) {
            case DISALLOWED -> "secret";
            case REDIRECTED -> "moved";
            default -> "doc";
          };
      Document document = new Document(folder + "/" + ++made + ".pdf", kind);
      documents.put(document.id(), document);
      list.add(0, document);
    }
  }

  void has(Faults now) {
    faults = now;
  }

  int total() {
    return list.size();
  }

  int requests() {
    return requests;
  }

  List<Document> listed() {
    return List.copyOf(list);
  }

  Document document(String id) {
    return documents.get(id);
  }

  /** The failures of a document that its own requests have met, an outage counting once. */
  long troubles(String id) {
    return troubles.getOrDefault(id, 0L) + outages.getOrDefault(id, Set.of()).size();
  }

  void trouble(String id, int outage) {
    if (outage == 0) {
      troubles.merge(id, 1L, Long::sum);
    } else {
      outages.computeIfAbsent(id, known -> new HashSet<>()).add(outage);
    }
  }

  /** A new process knows nothing of what was promised before. */
  void forget() {
    politeness.forget();
  }

  Answer ask(Life life, Request request, CompletableFuture<Void> cancelled) throws IOException {
    World.requireAlive();
    String path = request.uri().getPath();
    requests++;
    politeness.asked(path);
    String id = path.substring(1);
    Document document = documents.get(id.startsWith("now/") ? "moved/" + id.substring(4) : id);
    if (document != null) {
      checks.fetches(life, document.id());
      life.checkSpool();
    }
    trace.note(time() + " portal " + path);
    life.meets(Port.PORTAL);
    boolean served = false;
    try {
      Answer answer = answer(life, path, document, cancelled);
      life.meets(Port.PORTAL);
      served = answer.status() == 200;
      if (served && document != null && faults.spoolFails()) {
        served = false;
        life.spoolFails();
      }
      return answer;
    } finally {
      if (document != null && (!served || !document.isGood())) {
        checks.isLeft(document.id());
      }
    }
  }

  private String time() {
    return String.valueOf(world.nanos() / 1_000_000);
  }

  private Answer answer(
      Life life, String path, Document document, CompletableFuture<Void> cancelled)
      throws IOException {
    Faults.AtPortal fault = faults.portal(path);
    int outage = faults.portalOutage();
    Duration latency =
        fault == Faults.AtPortal.DELAY
            ? Duration.ofSeconds(chance.nextInt(10, 200))
            : Duration.ofMillis(chance.nextInt(5, 250));
    world.sleep(latency, cancelled);
    if (cancelled.isDone()) {
      trouble(document, outage);
      throw new SocketException("closed");
    }
    switch (fault) {
      case REFUSE, DROP, CUT, BUSY, HTML -> trouble(document, outage);
      default -> {}
    }
    return switch (fault) {
      case REFUSE -> throw new ConnectException("connection refused");
      case DROP -> throw new SocketException("connection reset");
      case CUT -> new Answer(200, Map.of(), new CutOff(good(path, document)));
      case BUSY -> answer(503, "busy");
      case PAUSE -> {
        int seconds = chance.nextInt(1, 20);
        politeness.pause(Duration.ofSeconds(seconds));
        yield new Answer(429, Map.of("Retry-After", String.valueOf(seconds)), stream(""));
      }
      case HTML ->
          path.equals("/robots.txt") // a page in its place would allow all
              ? healthy(path, document)
              : answer(200, "<html>please come back</html>");
      default ->
          fault == Faults.AtPortal.CAPTCHA ? captcha(path, document) : healthy(path, document);
    };
  }

  private Answer captcha(String path, Document document) throws IOException {
    wantsCaptcha = true;
    return healthy(path, document);
  }

  private void trouble(Document document, int outage) {
    if (document != null) {
      checks.isLeft(document.id());
      trouble(document.id(), outage);
    }
  }

  private Answer healthy(String path, Document document) throws IOException {
    if (path.startsWith("/answer/")) {
      boolean right = path.endsWith("/right");
      wantsCaptcha &= !right;
      return answer(right ? 200 : 403, "");
    }
    if (wantsCaptcha && !path.equals("/robots.txt")) {
      return answer(403, "captcha");
    }
    if (document != null && document.kind() == Document.Kind.GONE) {
      return answer(404, "no such file");
    }
    if (document != null
        && document.kind() == Document.Kind.REDIRECTED
        && path.startsWith("/moved/")) {
      return new Answer(302, Map.of("Location", "/now/" + path.substring(7)), stream(""));
    }
    String good = good(path, document);
    return good.isEmpty() ? answer(404, "") : answer(200, good);
  }

  private String good(String path, Document document) {
    if (path.equals("/robots.txt")) {
      return "User-agent: *\nDisallow: /secret/\n";
    }
    if (document != null) {
      return document.kind() == Document.Kind.NOT_PDF
          ? "<html>no judgment</html>"
          : new String(document.bytes(), StandardCharsets.US_ASCII);
    }
    return path.startsWith("/list/") ? listing(Integer.parseInt(path.substring(6))) : "";
  }

  private String listing(int page) {
    StringBuilder text = new StringBuilder("total " + list.size() + "\n");
    int first = Math.min((page - 1) * pageSize, list.size());
    for (Document document : list.subList(first, Math.min(first + pageSize, list.size()))) {
      text.append(document.kind() == Document.Kind.FOREIGN ? "http://elsewhere.test/" : ROOT + "/")
          .append(document.id())
          .append('\n');
    }
    return text.toString();
  }

  private static Answer answer(int status, String body) {
    return new Answer(status, Map.of(), stream(body));
  }

  private static InputStream stream(String body) {
    return new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII));
  }
}
