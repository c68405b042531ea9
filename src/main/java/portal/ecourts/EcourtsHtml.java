package portal.ecourts;

import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Parses the portal's HTML: its search page, and the pieces of it in its answers. Parsing needs
 * many times the memory of the text, for each tag of it.
 */
final class EcourtsHtml {
  /** A row has some forty tags, the search page some hundreds. */
  private static final int MOST_TAGS = 20_000;

  private EcourtsHtml() {}

  /** What stands in a body; empty if it has more tags than anything that the portal means. */
  static Optional<Document> parse(String html) {
    return html.chars().filter(c -> c == '<').count() > MOST_TAGS
        ? Optional.empty()
        : Optional.of(Jsoup.parseBodyFragment(html));
  }
}
