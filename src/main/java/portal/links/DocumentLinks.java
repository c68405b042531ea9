package portal.links;

import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.web.WebAddress;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Finds the elements of a listing that name documents, and their addresses. */
final class DocumentLinks {
  /** Where an address is read from, the first that holds one; after them {@code onclick}. */
  private static final List<String> ATTRIBUTES =
      List.of("href", "src", "data", "data-href", "data-url");

  private static final String ON_CLICK = "onclick";
  private static final Pattern QUOTED = Pattern.compile("(['\"`])((?:(?!\\1)[^\\\\]|\\\\.)*+)\\1");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)", Pattern.DOTALL);
  private static final Pattern SESSION = Pattern.compile("(?i);jsessionid=[^/;]*+$");

  /**
   * An element that names a document.
   *
   * @param address as it stands there; empty if the element has none
   */
  record Link(Element element, Optional<String> address) {}

  private final URI base;
  private final Charset charset;

  /**
   * @param base what relative addresses are relative to
   * @param charset character encoding of the page
   */
  DocumentLinks(URI base, Charset charset) {
    this.base = base;
    this.charset = charset;
  }

  /**
   * All elements that match a selector, in the page's order, whether they have an address or not.
   */
  List<Link> matching(Document html, String selector) {
    return html.select(selector).stream().map(this::read).toList();
  }

  /** All {@code a} elements whose address has a path that ends in {@code .pdf}. */
  List<Link> toPdfs(Document html) {
    return html.select("a").stream()
        .map(element -> new Link(element, choose(addresses(element))))
        .filter(link -> link.address().filter(this::isPdf).isPresent())
        .toList();
  }

  private Link read(Element element) {
    List<String> addresses = addresses(element);
    Optional<String> own = choose(addresses);
    if (own.filter(this::isReadable).isPresent()) {
      return new Link(element, own);
    }
    ATTRIBUTES.forEach(
        name -> element.select("[" + name + "]").eachAttr(name).forEach(addresses::add));
    element
        .select("[" + ON_CLICK + "]")
        .forEach(inner -> quoted(inner.attr(ON_CLICK)).ifPresent(addresses::add));
    return new Link(element, choose(addresses));
  }

  private List<String> addresses(Element element) {
    List<String> addresses = new ArrayList<>();
    ATTRIBUTES.stream().filter(element::hasAttr).map(element::attr).forEach(addresses::add);
    quoted(element.attr(ON_CLICK)).ifPresent(addresses::add);
    return addresses;
  }

  /** The first that a browser would follow, such as not {@code #}; otherwise the first. */
  private Optional<String> choose(List<String> addresses) {
    return addresses.stream()
        .filter(this::isReadable)
        .findFirst()
        .or(() -> addresses.stream().findFirst());
  }

  private boolean isReadable(String address) {
    return !WebAddress.isOnPage(address) && WebAddress.read(base, address, charset).isPresent();
  }

  /** The first quoted text of a script that looks like an address. */
  private Optional<String> quoted(String script) {
    Matcher quoted = QUOTED.matcher(script);
    while (quoted.find()) {
      String text = ESCAPED.matcher(quoted.group(2)).replaceAll("$1").strip();
      if (text.startsWith("/") || text.toLowerCase(Locale.ROOT).startsWith("http") || isPdf(text)) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private boolean isPdf(String address) {
    String path =
        WebAddress.read(base, address, charset)
            .map(WebAddress::path)
            .orElseGet(() -> address.split("[?#]", 2)[0].strip());
    return SESSION.matcher(path).replaceFirst("").toLowerCase(Locale.ROOT).endsWith(".pdf");
  }
}
