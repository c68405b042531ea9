package portal.links;

import config.SettingKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of the type {@code links}. */
enum LinksKey implements SettingKey {
  LINK_SELECTOR("portal.link-selector", "a[href$=.pdf]"),
  TOTAL_SELECTOR("portal.total-selector", null);

  private final String key;
  private final @Nullable String fallback;

  LinksKey(String key, @Nullable String fallback) {
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
