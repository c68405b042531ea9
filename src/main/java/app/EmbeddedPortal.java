package app;

import java.net.URI;
import java.util.Map;

/**
 * A portal in the demo's process.
 *
 * @param address its address for a browser
 * @param settings the configuration needed to harvest it, by key
 * @param end stops it
 */
record EmbeddedPortal(URI address, Map<String, String> settings, Runnable end)
    implements AutoCloseable {
  @Override
  public void close() {
    end.run();
  }
}
