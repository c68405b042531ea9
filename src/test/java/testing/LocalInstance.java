package testing;

import app.Instance;
import app.PortalTypes;
import config.Configuration;
import config.ConfigurationLoader;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Map;
import monitor.Logging;

/**
 * The whole program inside the tests' JVM, with real sockets and real files. For tests that need no
 * separate process: no signals, exit codes or JVM options.
 */
public final class LocalInstance implements AutoCloseable {
  private final Instance instance;

  private LocalInstance(Instance instance) {
    this.instance = instance;
  }

  /**
   * Starts it, as {@code run} does.
   *
   * @param folder its working folder
   * @param environment additional environment variables
   */
  public static LocalInstance start(Path folder, Map<String, String> environment)
      throws IOException {
    FaultyStore.feedCredentialsChain();
    Configuration configuration =
        PortalTypes.KNOWN
            .surveyor(folder)
            .toRun(
                ConfigurationLoader.in(folder, environment, PortalTypes.KNOWN.all()).load(),
                note -> {});
    Instance instance = null;
    try {
      instance = new Instance(configuration, PortalTypes.KNOWN);
      Logging.toFiles(configuration.harvest().dataDir().resolve("logs"));
      instance.requireBucket();
      instance.start();
      return new LocalInstance(instance);
    } catch (Exception e) {
      if (instance != null) {
        instance.close();
      }
      throw new AssertionError("the instance did not start", e);
    }
  }

  /** Holds the instance only as long as anything else does. */
  public WeakReference<Instance> weakly() {
    return new WeakReference<>(instance);
  }

  @Override
  public void close() throws IOException {
    instance.close();
  }
}
