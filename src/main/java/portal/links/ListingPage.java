package portal.links;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.FailureReason;
import model.ServerText;
import model.web.WebAddress;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import portal.Address;
import portal.AllowedHosts;
import portal.Identity;
import portal.Listing;
import portal.PortalException;
import portal.PortalScope;
import portal.Reply;
import portal.Row;
import portal.RowCount;
import portal.RowFacts;
import portal.http.Redirects;

/** Reads an HTML listing page: its rows, and the total if the portal names one. */
final class ListingPage {
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*[\"']?([^\\s;\"']+)", Pattern.CASE_INSENSITIVE);
  private static final int RAW = 2000;
  private static final int MOST_TAGS = 200_000;

  /** What browsers take instead of these, since pages declare less than they hold. */
  private static final Map<String, String> WEB_CHARSETS =
      Map.of(
          "ISO-8859-1", "windows-1252",
          "US-ASCII", "windows-1252",
          "ISO-8859-9", "windows-1254",
          "TIS-620", "x-windows-874",
          "UTF-16", "UTF-16LE",
          "GB2312", "GBK",
          "EUC-KR", "x-windows-949",
          "Shift_JIS", "windows-31j");

  /** What browsers take where nothing is declared, and the bytes are not UTF-8. */
  private static final String UNDECLARED = "windows-1252";

  private final LinksSettings settings;
  private final AllowedHosts allowed;
  private final Identity identity;

  /**
   * @param identity what makes two links the same document
   */
  ListingPage(LinksSettings settings, PortalScope scope, Identity identity) {
    this.settings = settings;
    this.allowed = scope.allowed();
    this.identity = identity;
  }

  /**
   * Synchronized, because parsing needs many times the memory of the rows, and all scripts may list
   * a page at the same moment.
   *
   * @param address the page's own, for messages
   * @param arrival what it answered, perhaps after redirects
   * @throws PortalException if the page cannot be read
   */
  synchronized Listing read(int page, URI address, Redirects.Arrival arrival) {
    Reply reply = arrival.reply();
    requireParseable(address, reply.body());
    Document html = parse(address, reply);
    RowFacts facts = new RowFacts();
    List<Row> rows = new ArrayList<>();
    Base base = new Base(base(html, arrival.from()), html.charset());
    DocumentLinks links = new DocumentLinks(base.uri(), base.charset());
    List<DocumentLinks.Link> found =
        settings
            .linkSelector()
            .map(selector -> links.matching(html, selector))
            .orElseGet(() -> links.toPdfs(html));
    RowCount.limit(found.size(), address.toString());
    for (DocumentLinks.Link link : found) {
      rows.add(row(rows.size() + 1, link, base, facts.of(link.element())));
    }
    if (rows.isEmpty()) {
      requireNoRefresh(html, address);
    }
    if (rows.isEmpty() && html.body().childrenSize() == 0) {
      throw new PortalException(
          FailureReason.UNREADABLE,
          "%s is not a listing: expected an HTML page, but got %d bytes of something else"
              .formatted(address, reply.body().length));
    }
    return new Listing(page, rows, total(html, address));
  }

  /** Browsers go on to another page by themselves; people see that one and take its address. */
  private static void requireNoRefresh(Document html, URI address) {
    Element refresh = html.selectFirst("meta[http-equiv~=(?i)^refresh$][content~=(?i)url]");
    if (refresh != null) {
      throw new PortalException(
          FailureReason.UNREADABLE,
          "%s is not a listing: it sends browsers on by <meta http-equiv=refresh content=\"%s\">,"
                  .formatted(
                      address, ServerText.cut(ServerText.harmless(refresh.attr("content")), 100))
              + " which is not followed; expected portal.url to be the address of the listing");
    }
  }

  /** What the links of a page are read against. */
  private record Base(URI uri, Charset charset) {}

  /** Parsing needs many times the memory of a page, for each tag of it. */
  private static void requireParseable(URI address, byte[] page) {
    int tags = 0;
    for (byte b : page) {
      tags += b == '<' ? 1 : 0;
    }
    if (tags > MOST_TAGS) {
      throw new PortalException(
          FailureReason.UNREADABLE,
          "%s is not a listing: its %,d tags are too many for the %,d rows that are read of a page"
              .formatted(address, tags, RowCount.MOST));
    }
  }

  private static Document parse(URI address, Reply reply) {
    // without a charset in the header, jsoup uses the one that the page declares
    String named = charset(reply);
    Document html = parse(address, reply, named);
    String meant = WEB_CHARSETS.get(html.charset().name());
    if (named == null && isWronglyUtf16(html.charset(), reply.body())) {
      meant = StandardCharsets.UTF_8.name();
    } else if (named == null && !declaresCharset(html) && !isUtf8(reply.body())) {
      meant = UNDECLARED;
    }
    return meant == null ? html : parse(address, reply, meant);
  }

  private static boolean declaresCharset(Document html) {
    return !html.charset().equals(StandardCharsets.UTF_8)
        || html.selectFirst("meta[charset], meta[content*=charset]") != null;
  }

  private static boolean isUtf8(byte[] page) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(page);
    CharBuffer out = CharBuffer.allocate(8192);
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(in, out.clear(), true);
    }
    return !result.isError();
  }

  /** A page that could be searched for its charset, letter by letter, has no two bytes a letter. */
  private static boolean isWronglyUtf16(Charset declared, byte[] page) {
    boolean isMarked = page.length > 1 && (page[0] & page[1] & 0xFE) == 0xFE;
    return declared.name().startsWith("UTF-16") && !isMarked;
  }

  private static Document parse(URI address, Reply reply, @Nullable String charset) {
    try {
      return Jsoup.parse(new ByteArrayInputStream(reply.body()), charset, address.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String charset(Reply reply) {
    for (String type : reply.headers().getOrDefault("content-type", List.of())) {
      Matcher named = CHARSET.matcher(type);
      if (named.find() && isKnown(named.group(1))) {
        return named.group(1);
      }
    }
    return null;
  }

  private static boolean isKnown(String charset) {
    try {
      return Charset.isSupported(charset);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return false;
    }
  }

  private Row row(int number, DocumentLinks.Link link, Base base, Map<String, String> said) {
    if (link.address().isEmpty()) {
      said.put("raw", shorten(link.element().outerHtml()));
      return new Row(number, shorten(link.element().text()), null, FailureReason.UNREADABLE, said);
    }
    String href = link.address().get();
    return Address.of(base.uri(), href, base.charset(), identity)
        .map(address -> row(number, address, said))
        .orElseGet(() -> new Row(number, shorten(href), href, FailureReason.BAD_ADDRESS, said));
  }

  /** The base of relative links: the page, unless it declares another valid base. */
  private static URI base(Document html, URI page) {
    Element base = html.selectFirst("base[href]");
    return base == null
        ? page
        : WebAddress.read(page, base.attr("href"), html.charset())
            .map(WebAddress::uri)
            .orElse(page);
  }

  private Row row(int number, Address address, Map<String, String> said) {
    FailureReason rejection = allowed.allows(address.uri()) ? null : FailureReason.FOREIGN_HOST;
    return new Row(number, address.id(), address.web().requested(), rejection, said);
  }

  private static String shorten(String text) {
    return text.length() <= RAW ? text : text.substring(0, RAW);
  }

  private OptionalLong total(Document html, URI address) {
    if (settings.totalSelector().isEmpty()) {
      return OptionalLong.empty();
    }
    String selector = settings.totalSelector().get();
    Element element = html.selectFirst(selector);
    OptionalLong total = element == null ? OptionalLong.empty() : TotalText.number(element.text());
    if (total.isEmpty()) {
      throw new PortalException(
          FailureReason.UNREADABLE,
          "%s names no total: %s"
              .formatted(
                  address,
                  element == null
                      ? "nothing matches " + selector
                      : "no whole number in \"" + shorten(element.text()) + "\""));
    }
    return total;
  }
}
