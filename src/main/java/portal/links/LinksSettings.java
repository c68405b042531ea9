package portal.links;

import config.ConfigKey;
import config.UsageException;
import config.Values;
import java.util.List;
import java.util.Optional;
import org.jsoup.select.QueryParser;

/**
 * What the type {@code links} is configured by, checked.
 *
 * @param linkSelector CSS selector of the elements that name documents; empty for every {@code a}
 *     that leads to a PDF
 * @param totalSelector CSS selector of the element that holds the total
 * @param dropParameters query parameters that do not belong to a document's identity; a {@code *}
 *     may stand at the end
 */
record LinksSettings(
    Optional<String> linkSelector, Optional<String> totalSelector, List<String> dropParameters) {
  /**
   * @throws UsageException if one is not a valid selector
   */
  static LinksSettings read(Values values) {
    return new LinksSettings(
        selector(values, LinksKey.LINK_SELECTOR),
        selector(values, LinksKey.TOTAL_SELECTOR),
        values.list(ConfigKey.DROP_PARAMETERS));
  }

  private static Optional<String> selector(Values values, LinksKey key) {
    Optional<String> css = values.text(key);
    try {
      css.ifPresent(QueryParser::parse);
      return css;
    } catch (IllegalStateException | IllegalArgumentException unreadable) {
      throw values.mistake(key, "is not a CSS selector, such as a[href$=.pdf]");
    }
  }
}
