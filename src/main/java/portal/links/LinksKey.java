package portal.links;

import config.SettingKey;
import java.util.Optional;

/** The keys of the type {@code links}. */
enum LinksKey implements SettingKey {
  LINK_SELECTOR("portal.link-selector", "a[href$=.pdf]"),
  TOTAL_SELECTOR("portal.total-selector", null);

  private final String key;
  private final String fallback;

  LinksKey(String key, String fallback) {
    this.key = key;
    this.fallback = fallback;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Optional<String> fallback() {
    return Optional.ofNullable(fallback);
  }
}
