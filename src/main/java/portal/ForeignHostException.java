package portal;

import java.net.URI;
import model.FailureReason;

/** A redirect leads to a host that is not among {@code portal.allowed-hosts}. */
public final class ForeignHostException extends PortalException {
  private static final long serialVersionUID = 1L;

  private final String host;

  /**
   * @param from what was requested
   * @param to where it redirects to
   */
  public ForeignHostException(URI from, URI to) {
    super(
        FailureReason.FOREIGN_HOST,
        "%s redirects to the host %s, which is not among portal.allowed-hosts"
            .formatted(from, to.getAuthority()));
    this.host = to.getAuthority();
  }

  /** The host, with its port if the address names one. */
  public String host() {
    return host;
  }
}
