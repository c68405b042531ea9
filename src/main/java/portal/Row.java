package portal;

import java.util.Map;
import model.FailureReason;
import model.ObjectKey;
import org.jspecify.annotations.Nullable;
import store.ManifestRow;

/**
 * One row of a listing: a document, or something that will never be fetched.
 *
 * @param number position on its page, from 1
 * @param id identity of the document and the end of its key in the bucket, made safe by {@link
 *     ObjectKey#plain}; the row's text if it has no usable address
 * @param url the document's lasting address, absolute; unchanged from the listing if it is not
 *     usable; null if the row has none
 * @param rejection why the document is never fetched; null if it is fetched
 * @param facts what else the row says, with the manifest's field names ({@code title}, {@code cnr},
 *     {@code judge} …, dates ISO), in order
 */
public record Row(
    int number,
    String id,
    @Nullable String url,
    @Nullable FailureReason rejection,
    Map<String, String> facts) {

  /** Makes sure that a valid key can be made from the id, whatever the dialect passes. */
  public Row {
    id = rejection == null ? ObjectKey.plain(id) : id;
  }

  /**
   * The address of a document that can be fetched.
   *
   * @throws IllegalStateException if the row has none
   */
  public String address() {
    if (url == null) {
      throw new IllegalStateException("row %d has no address".formatted(number));
    }
    return url;
  }

  /** Whether its source never changes, so that asking again is pointless. */
  public boolean isOfFinalSource() {
    return ManifestRow.isOfFinalSource(facts);
  }

  /** Whether the document of this row can be fetched. */
  public boolean isFetchable() {
    return rejection == null;
  }
}
