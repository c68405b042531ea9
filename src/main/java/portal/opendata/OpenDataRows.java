package portal.opendata;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import model.FailureReason;
import model.ObjectKey;
import org.jspecify.annotations.Nullable;
import portal.Row;

/** Creates the rows of a page's documents, under the portal's keys where these are known. */
final class OpenDataRows {
  /** Key prefix of documents whose path on the portal is unknown. */
  private static final String OWN = "_opendata/";

  private static final int END = ".pdf".length();

  private final UnaryOperator<String> addressOf;
  private final int maxIdLength;
  private final long largest;

  /**
   * @param addressOf the source's own address of a key
   * @param largest the longest document that is fetched
   */
  OpenDataRows(UnaryOperator<String> addressOf, int maxIdLength, long largest) {
    this.addressOf = addressOf;
    this.maxIdLength = maxIdLength;
    this.largest = largest;
  }

  /** The name under which the metadata of a PDF stand. */
  static String base(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".pdf")
        ? name.substring(0, name.length() - END)
        : name;
  }

  /**
   * The single row of a page whose documents the source has taken away since they were planned: a
   * page without rows would count as damaged. A sweep finds what replaced them.
   */
  static Row spent(Slice slice, int page) {
    String words =
        "page %d: %s was replaced or taken away, and nothing is left for this page"
            .formatted(page, slice.partKey());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("raw", words);
    facts.put(SourceKey.SOURCE, SourceKey.OPEN_DATA);
    return new Row(1, words, null, FailureReason.UNREADABLE, facts);
  }

  /**
   * @param metadata empty if the source has none
   */
  Row row(int number, FoundName found, Slice slice, Optional<MetadataRow> metadata) {
    Map<String, String> facts = new LinkedHashMap<>();
    metadata.map(MetadataRow::facts).ifPresent(facts::putAll);
    facts.putAll(SourceKey.facts(found, slice));
    if (metadata.isEmpty()) {
      String key = slice.objectKey(found.name());
      String id = ObjectKey.fit(ObjectKey.fitParts(ObjectKey.plain(OWN + key)), maxIdLength);
      return new Row(number, id, addressOf.apply(key), rejection(null, found), facts);
    }
    MetadataRow known = metadata.get();
    return new Row(number, known.id(), known.url(), rejection(known.rejection(), found), facts);
  }

  private @Nullable FailureReason rejection(@Nullable FailureReason own, FoundName found) {
    return own == null && found.size() > largest ? FailureReason.TOO_LARGE : own;
  }
}
