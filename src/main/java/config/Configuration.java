package config;

import java.util.Map;
import model.Distribution;

/**
 * The whole configuration, checked.
 *
 * @param harvest the {@code harvest.*} keys
 * @param portal the {@code portal.*} keys that every portal has
 * @param store the {@code s3.*} keys
 * @param api the {@code api.*}, {@code management.*} and {@code fleet.*} keys
 * @param identity what all instances of this harvest must agree on
 * @param values all values as given, from which a portal type reads its own
 * @param camel the {@code camel.*} keys as they were given, unchecked
 * @param isSurveyed whether total and pages come from the source, rather than from its keys
 */
public record Configuration(
    HarvestSettings harvest,
    PortalSettings portal,
    StoreSettings store,
    ApiSettings api,
    HarvestIdentity identity,
    Values values,
    Map<String, String> camel,
    boolean isSurveyed) {

  /** Whether the number of pages is given, instead of derived from the number of documents. */
  public boolean givesPages() {
    return !isSurveyed && values.text(ConfigKey.PAGES).isPresent();
  }

  /** A copy with what the source says of total and pages. */
  public Configuration surveyed(Survey survey) {
    Distribution work = HarvestSection.distribution(values, survey);
    return new Configuration(
        harvest.with(work),
        portal,
        store,
        api,
        identity.surveyed(work, survey.identity()),
        values,
        camel,
        true);
  }

  /** A copy with other API settings. */
  public Configuration withApi(ApiSettings other) {
    return new Configuration(harvest, portal, store, other, identity, values, camel, isSurveyed);
  }

  /** A copy for an embedded portal, which needs no proxy and listens elsewhere each time. */
  public Configuration ofEmbeddedPortal() {
    return new Configuration(
        harvest,
        portal.withoutProxy(),
        store,
        api,
        identity.withoutAddress(),
        values,
        camel,
        isSurveyed);
  }

  /** Without secrets; Camel's keys, which may hold passwords, only by name. */
  @Override
  public String toString() {
    return "Configuration[harvest=%s, portal=%s, store=%s, api=%s, camel=%s]"
        .formatted(harvest, portal, store, api, camel.keySet());
  }
}
