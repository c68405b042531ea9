package portal;

import java.util.Map;
import model.FailureReason;
import model.ObjectKey;

/**
 * One row of a listing: a document, or something that will never be fetched.
 *
 * @param number place on its page, from 1
 * @param id identity of the document and the tail of its key in the bucket, which is what {@link
 *     ObjectKey#plain} leaves of what is given; the row's own words when it has no usable address
 * @param url the document's lasting address, absolute; as it stood in the listing when it is no
 *     usable address; null when the row has none
 * @param rejection why the document is never fetched; null when it is to be fetched
 * @param facts what else the row says, under the manifest's field names ({@code title}, {@code
 *     cnr}, {@code judge} …, dates ISO), in order
 */
public record Row(
    int number, String id, String url, FailureReason rejection, Map<String, String> facts) {

  /** Whatever a dialect makes of what the portal sent, a key can be made of a document's id. */
  public Row {
    id = rejection == null ? ObjectKey.plain(id) : id;
  }

  /** Whether the document of this row is to be fetched. */
  public boolean isFetchable() {
    return rejection == null;
  }
}
