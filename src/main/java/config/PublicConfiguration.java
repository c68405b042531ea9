package config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import model.Redactor;

/** The part of the configuration that the API shows, without secrets. */
public final class PublicConfiguration {
  private PublicConfiguration() {}

  public static Map<String, Object> of(Configuration configuration) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("harvest.instances", configuration.harvest().distribution().instances());
    shown.put("harvest.scripts", configuration.harvest().distribution().scripts().size());
    shown.put("harvest.pages", configuration.harvest().distribution().pages());
    shown.put("harvest.page-size", configuration.harvest().distribution().pageSize());
    shown.put("harvest.total-results", configuration.harvest().distribution().totalResults());
    shown.put("harvest.start-delay", configuration.harvest().starts().delay().toMillis() / 1000.0);
    shown.put("portal.type", configuration.portal().type());
    shown.put("portal.url", configuration.portal().url().map(Redactor::redact).orElse(""));
    shown.put("portal.rate", configuration.portal().politeness().rate().rate());
    shown.put("portal.concurrency", configuration.portal().politeness().concurrency());
    shown.put("portal.max-attempts", configuration.portal().retries().maxAttempts());
    shown.put("s3.bucket", configuration.store().bucket());
    shown.put("s3.prefix", configuration.store().prefix());
    shown.put("s3.manifest-prefix", manifestPrefixes(configuration.store()));
    shown.put("s3.region", configuration.store().region());
    return shown;
  }

  private static String manifestPrefixes(StoreSettings store) {
    List<String> all = new ArrayList<>(List.of(store.manifestPrefix()));
    all.addAll(store.furtherManifestPrefixes());
    return String.join(",", all);
  }
}
