package ledger;

import java.util.List;
import model.PageRange;
import org.jspecify.annotations.Nullable;

/**
 * Selects failed documents. Null criteria are ignored; all others must match.
 *
 * @param reason why they failed: the word of a {@link model.FailureReason}
 * @param pages of which at least one lists the document
 * @param ids their ids, also as they are shown, without secrets
 */
public record FailureFilter(
    @Nullable String reason, @Nullable PageRange pages, @Nullable List<String> ids) {
  /** Every document that failed. */
  public static final FailureFilter ALL = new FailureFilter(null, null, null);

  /** No document. */
  public static final FailureFilter NONE = new FailureFilter(null, null, List.of());
}
