package portal.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Distinguishes an HTML page from a snippet of HTML in front of something else, such as a PHP
 * warning: whatever follows the beginning of a page is inside one of its elements, while a warning
 * has closed all of its own.
 */
final class OpenMarkup {
  /** A comment, a document type or a tag; the group that matched tells which. */
  private static final Pattern MARKUP =
      Pattern.compile(
          "<!--(?:.*?-->|(?<comment>.*+$))"
              + "|<(?<type>!doctype)[^>]*+(?:>|$)"
              + "|<(?<close>/?)(?<name>[a-z][a-z0-9]*+)(?<rest>[^>]*+)(?<end>>|$)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Elements without content. */
  private static final Set<String> VOID =
      Set.of("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr");

  private OpenMarkup() {}

  /** Whether a text ends inside an HTML page: in an element, a tag or a comment. */
  static boolean endsInside(String text) {
    Deque<String> open = new ArrayDeque<>();
    Matcher markup = MARKUP.matcher(text);
    while (markup.find()) {
      boolean inTag = markup.group("name") != null && markup.group("end").isEmpty();
      if (markup.group("comment") != null || inTag) {
        return true;
      }
      if (markup.group("type") != null) {
        open.push("html"); // it may go on without a tag of its own
      } else if (markup.group("name") != null) {
        tag(markup, open);
      }
    }
    return !open.isEmpty();
  }

  private static void tag(Matcher tag, Deque<String> open) {
    String name = tag.group("name").toLowerCase(Locale.ROOT);
    if (!tag.group("close").isEmpty()) {
      close(name, open);
    } else if (!VOID.contains(name) && !tag.group("rest").endsWith("/")) {
      open.push(name);
    }
  }

  /** Closes the element and those inside it whose end was left out. */
  private static void close(String name, Deque<String> open) {
    if (open.contains(name)) {
      while (!open.pop().equals(name)) {
        // an element inside it
      }
      if (name.equals("html")) {
        open.clear(); // the document type and the tag stand for one page
      }
    }
  }
}
