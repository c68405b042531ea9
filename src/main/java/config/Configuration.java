package config;

import java.util.Map;

/**
 * The whole configuration, checked.
 *
 * @param harvest the {@code harvest.*} keys
 * @param portal the {@code portal.*} keys
 * @param store the {@code s3.*} keys
 * @param api the {@code api.*}, {@code management.*} and {@code fleet.*} keys
 * @param camel the {@code camel.*} keys as they were given, unchecked
 */
public record Configuration(
    HarvestSettings harvest,
    PortalSettings portal,
    StoreSettings store,
    ApiSettings api,
    Map<String, String> camel) {

  /** The same with another API. */
  public Configuration withApi(ApiSettings other) {
    return new Configuration(harvest, portal, store, other, camel);
  }

  /**
   * Makes sure that there is a portal to ask, which only a running instance needs.
   *
   * @throws UsageException when {@code portal.url} is not set
   */
  public void requirePortalUrl() {
    if (portal.url() == null) {
      throw new UsageException(
          portal.type().equals("ecourts")
              ? "portal.url: not set; expected the address of the search page with its path, as"
                  + " https://host/pdfsearch/"
              : "portal.url: not set; expected the address of a listing page with {page} or"
                  + " {offset} in it, as https://host/list?page={page}");
    }
  }

  /** All but the secrets: of Camel's keys, which may hold passwords, the names alone. */
  @Override
  public String toString() {
    return "Configuration[harvest=%s, portal=%s, store=%s, api=%s, camel=%s]"
        .formatted(harvest, portal, store, api, camel.keySet());
  }
}
