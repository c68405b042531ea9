package portal.links;

import config.SettingKey;
import java.util.Optional;

/** The keys of the type {@code links}. */
enum LinksKey implements SettingKey {
  LINK_SELECTOR("portal.link-selector"),
  TOTAL_SELECTOR("portal.total-selector");

  private final String key;

  LinksKey(String key) {
    this.key = key;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Optional<String> fallback() {
    return Optional.empty();
  }
}
