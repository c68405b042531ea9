package app;

import java.net.URI;
import java.util.Map;

/**
 * A portal within the demo's own process.
 *
 * @param address where a browser finds it
 * @param settings what the configuration must say to harvest it, by key
 * @param end ends it
 */
record EmbeddedPortal(URI address, Map<String, String> settings, Runnable end)
    implements AutoCloseable {
  @Override
  public void close() {
    end.run();
  }
}
