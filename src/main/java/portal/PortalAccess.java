package portal;

import config.PortalSettings;

/** A way to a portal without an instance, for a few requests. */
public interface PortalAccess extends AutoCloseable {
  /** Opens one. */
  interface Opener {
    PortalAccess open(PortalSettings settings);
  }

  /** Sends requests, through governor and robots.txt. */
  PortalHttp http();

  @Override
  void close();
}
