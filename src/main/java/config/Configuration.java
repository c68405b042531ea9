package config;

import java.util.Map;
import java.util.Optional;
import model.Distribution;

/**
 * The whole configuration, checked.
 *
 * @param harvest the {@code harvest.*} keys
 * @param portal the {@code portal.*} keys that every portal has
 * @param store the {@code s3.*} keys
 * @param api the {@code api.*}, {@code management.*} and {@code fleet.*} keys
 * @param alerts the {@code alert.*} keys
 * @param identity what all instances of this harvest must agree on
 * @param values all values as given, from which a portal type reads its own
 * @param camel the {@code camel.*} keys as they were given, unchecked
 * @param survey what the source says about total and pages; empty if they come from the keys
 */
public record Configuration(
    HarvestSettings harvest,
    PortalSettings portal,
    StoreSettings store,
    ApiSettings api,
    AlertSettings alerts,
    HarvestIdentity identity,
    Values values,
    Map<String, String> camel,
    Optional<Survey> survey) {

  /** Whether total and pages come from the source, rather than from their keys. */
  public boolean isSurveyed() {
    return survey.isPresent();
  }

  /** Whether the number of pages is given, instead of derived from the number of documents. */
  public boolean givesPages() {
    return survey.isEmpty() && values.text(ConfigKey.PAGES).isPresent();
  }

  /** Where traces go; empty if nowhere. */
  public Optional<TracingSettings> tracing() {
    return TracingSettings.read(values);
  }

  /** How much this instance stores in a day. */
  public QuotaSettings quota() {
    return QuotaSettings.read(values);
  }

  /** A copy with what the source says about total and pages. */
  public Configuration surveyed(Survey read) {
    Distribution work = HarvestSection.distribution(values, read);
    return new Configuration(
        harvest.with(work),
        portal,
        store,
        api,
        alerts,
        identity.surveyed(work, read.identity()),
        values,
        camel,
        Optional.of(read));
  }

  /** A copy with other API settings. */
  public Configuration withApi(ApiSettings other) {
    return new Configuration(
        harvest, portal, store, other, alerts, identity, values, camel, survey);
  }

  /** A copy for an embedded portal, which needs no proxy and listens elsewhere each time. */
  public Configuration ofEmbeddedPortal() {
    return new Configuration(
        harvest,
        portal.withoutProxy(),
        store,
        api,
        alerts,
        identity.withoutAddress(),
        values,
        camel,
        survey);
  }

  /** Without secrets; Camel's keys, which may hold passwords, only by name. */
  @Override
  public String toString() {
    return "Configuration[harvest=%s, portal=%s, store=%s, api=%s, camel=%s]"
        .formatted(harvest, portal, store, api, camel.keySet());
  }
}
