package config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What one type of portal adds to the configuration: keys of its own, and the checks of them. */
public interface PortalChecks {
  /** The word for it in {@code portal.type}. */
  String name();

  /** Its own keys, beside those that every portal has; all below {@code portal.}. */
  List<? extends SettingKey> keys();

  /**
   * Checks the values of its own keys. Asked of every type, so that a wrong value is told even
   * while another type is chosen.
   *
   * @throws UsageException for the first that is wrong
   */
  void check(Values values);

  /**
   * Checks {@code portal.url}, and what else must fit a portal of this type. Asked of the type that
   * is chosen.
   *
   * @return an address whose host is fetched from when {@code portal.allowed-hosts} is not set;
   *     empty when there is none
   * @throws UsageException when something does not fit
   */
  Optional<URI> address(Values values);

  /**
   * What {@code portal.url} is, in the words of a message: {@code address of the search page, as
   * https://host/pdfsearch/}.
   */
  String urlWords();
}
