package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.FaultyStore;
import testing.LocalInstance;

/**
 * Portal and store fail in every way at once. With {@code -DargLine=-Dfaults.documents=20000} it
 * takes longer.
 */
class EverythingAtOnceIT {
  private static final int DOCUMENTS = Integer.getInteger("faults.documents", 120);
  private static final int PAGE_SIZE = 20;
  private static final int SCRIPTS = 4;
  private static final int ONE_OF = 8;

  private static final List<Fault> OF_THE_PORTAL =
      List.of(
          Fault.status(500),
          Fault.status(502),
          Fault.status(503, "Retry-After: 1"),
          Fault.status(403),
          Fault.reset(),
          Fault.closeWithoutAnswer(),
          Fault.cutOff(),
          Fault.chunkedCutOff(),
          Fault.garbage(),
          Fault.empty(),
          Fault.htmlNamedPdf(),
          Fault.withoutEnd(),
          Fault.marked("<br>\n<b>Warning</b>: x\n"),
          Fault.html("<html><p id=total>busy</p></html>"),
          Fault.hang(),
          Fault.drip());

  private static final List<String> OF_THE_STORE =
      List.of(
          FaultyStore.http(200, ""),
          FaultyStore.http(200, "<html>Log in</html>", "Content-Type: text/html"),
          FaultyStore.http(204, ""),
          FaultyStore.http(307, "", "Location: /"),
          FaultyStore.http(400, error("RequestTimeout")),
          FaultyStore.http(403, error("AccessDenied")),
          FaultyStore.http(404, error("NoSuchKey")),
          FaultyStore.http(500, error("InternalError")),
          FaultyStore.http(503, error("SlowDown")),
          "HTTP/1.1 200",
          "");

  @TempDir private Path folder;

  private static String error(String code) {
    return "<Error><Code>%s</Code><Message>by the test</Message></Error>".formatted(code);
  }

  @Test
  void whateverFailsNothingIsLostAndNothingIsStoredTwice() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Harvest harvest = new Harvest(folder, DOCUMENTS, PAGE_SIZE)) {
      harvest
          .set("HARVEST_SCRIPTS", String.valueOf(SCRIPTS))
          .set("PORTAL_RESPONSE_TIMEOUT", "500ms")
          .set("PORTAL_DOCUMENT_TIMEOUT", "1s");
      harvest.portal.faults(path -> path.startsWith("/robots") ? null : any(random, OF_THE_PORTAL));
      harvest.store.answer(request -> putsObject(request) ? any(random, OF_THE_STORE) : null);
      try (LocalInstance run = harvest.run()) {
        awaitEnd(harvest.api());
        harvest.portal.heal();
        harvest.store.heal();
        harvest.command("retry-failed");
        awaitEnd(harvest.api());
      }
      Map<String, byte[]> stored = harvest.store.objects("judgments");
      assertThat(stored).as("seed " + seed).hasSize(DOCUMENTS);
      assertThat(harvest.audit().path("clean").asBoolean()).as("seed " + seed).isTrue();
      assertThat(harvest.spool()).isEmptyDirectory();
    }
  }

  /** A store that refuses to create the bucket ends the program, as it should. */
  private static boolean putsObject(String request) {
    return request.startsWith("PUT /" + FaultyStore.BUCKET + "/");
  }

  private static void awaitEnd(Api api) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(5 + DOCUMENTS / 100))
        .until(() -> api.status().path("completed_scripts").asInt() == SCRIPTS);
  }

  private static <T> T any(Random random, List<T> faults) {
    synchronized (random) {
      return random.nextInt(ONE_OF) == 0 ? faults.get(random.nextInt(faults.size())) : null;
    }
  }
}
