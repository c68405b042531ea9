package portal.ecourts;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import model.web.WebAddress;
import org.jspecify.annotations.Nullable;
import portal.Address;
import portal.Identity;
import portal.Row;

/**
 * A document as it is requested from the portal: the arguments of its {@code open_pdf}, and the
 * language.
 *
 * @param val number of the row on its page, as counted by the portal
 * @param citationYear empty for judgments of High Courts
 * @param path the portal's path, its lasting identity
 * @param language code of a further language version; null for the first
 */
record EcourtsDocument(String val, String citationYear, String path, @Nullable String language) {
  private static final Pattern UP =
      Pattern.compile("(?i)(?:^|[/\\\\]|%2f|%5c)(?:\\.|%2e){2}(?:$|[/\\\\?#]|%2f|%5c)");

  private static final String LANGUAGE = "?lang=";
  private static final String YEAR = "citation_year";

  EcourtsDocument in(String code) {
    return new EcourtsDocument(val, citationYear, path, code);
  }

  /**
   * The document of a row that was listed in an earlier session, from its manifest.
   *
   * @param base address of the search page
   */
  static EcourtsDocument of(Row row, URI base) {
    String below = row.address().substring(base.toString().length());
    String[] parts = below.split("\\?lang=", 2);
    return new EcourtsDocument(
        String.valueOf(row.number() - 1),
        row.facts().getOrDefault(YEAR, ""),
        decoded(parts[0]),
        parts.length == 2 ? parts[1] : null);
  }

  /**
   * The document that somebody names by its path, with {@code ?lang=} and its code at the end for a
   * further language version.
   *
   * @param number of its row, from 1
   */
  static EcourtsDocument named(int number, String path) {
    String[] parts = path.split("#", 2)[0].split("\\?lang=", 2);
    return new EcourtsDocument(
        String.valueOf(number - 1), "", parts[0].strip(), parts.length == 2 ? parts[1] : null);
  }

  /**
   * The id of the document at an address below the search page, where rows have it, or at the path
   * itself.
   */
  static Optional<String> idAt(WebAddress address, URI base, Identity identity) {
    String text = address.uri().toString();
    return text.startsWith(base.toString())
        ? named(1, decoded(text.substring(base.toString().length())))
            .address(base, identity)
            .map(Address::id)
        : Optional.of(identity.of(address));
  }

  static String decoded(String escaped) {
    return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Identity and lasting address below the search page; empty if the path is not an address. */
  Optional<Address> address(URI base, Identity identity) {
    // it is a name to the portal, not a link: nothing in it goes up or counts as a slash
    String relative = path.replaceFirst("^/+", "").replace("\\", "%5C");
    String reference = language == null ? relative : relative + LANGUAGE + language;
    return relative.contains("://") || relative.isEmpty() || UP.matcher(path).find()
        ? Optional.empty()
        : Address.of(base.resolve("/"), "/" + reference, identity)
            .flatMap(
                own ->
                    Address.of(base, "./" + reference, identity)
                        .map(below -> new Address(below.web(), own.id())));
  }

  /** The facts to store with the row, so that {@link #of} can restore the document. */
  Map<String, String> facts() {
    return citationYear.isEmpty() ? Map.of() : Map.of(YEAR, citationYear);
  }

  /** The form fields that request it. */
  Map<String, String> fields(String fcourtType) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("val", val);
    fields.put("lang_flg", language == null ? "undefined" : language);
    fields.put("path", path);
    fields.put(YEAR, citationYear);
    fields.put("fcourt_type", fcourtType);
    fields.put("file_type", "undefined");
    fields.put("nc_display", "undefined");
    return fields;
  }
}
