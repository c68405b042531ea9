package portal.links;

import config.UsageException;
import config.Values;
import java.util.Optional;
import org.jsoup.select.QueryParser;

/**
 * The keys of the type {@code links}, checked.
 *
 * @param linkSelector CSS selector of the document links
 * @param totalSelector CSS selector of the element that holds the total
 */
record LinksSettings(String linkSelector, Optional<String> totalSelector) {
  /**
   * @throws UsageException if one is not a valid selector
   */
  static LinksSettings read(Values values) {
    return new LinksSettings(
        selector(values, LinksKey.LINK_SELECTOR),
        values
            .text(LinksKey.TOTAL_SELECTOR)
            .map(given -> selector(values, LinksKey.TOTAL_SELECTOR)));
  }

  private static String selector(Values values, LinksKey key) {
    String css = values.required(key);
    try {
      QueryParser.parse(css);
      return css;
    } catch (IllegalStateException | IllegalArgumentException unreadable) {
      throw values.mistake(key, "is not a CSS selector, such as a[href$=.pdf]");
    }
  }
}
