package harvest;

import static org.awaitility.Awaitility.await;

import app.Instance;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalInstance;

/** An instance can be closed without ending its JVM: these tests do so some hundred times. */
class ClosedInstanceIT {
  @TempDir Path folder;

  @Test
  void nothingInTheJvmKeepsAClosedInstanceAlive() throws Exception {
    WeakReference<Instance> closed = harvested(folder.resolve("1"));
    harvested(folder.resolve("2")); // Camel keeps the last context in a static field
    await()
        .until(
            () -> {
              System.gc();
              return closed.get() == null;
            });
  }

  private WeakReference<Instance> harvested(Path own) throws Exception {
    try (Harvest harvest = new Harvest(Files.createDirectory(own), 4, 2);
        LocalInstance run = harvest.run()) {
      harvest.api().awaitState(1, "completed");
      return run.weakly();
    }
  }
}
