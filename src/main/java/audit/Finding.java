package audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One deviation of the bucket from its manifests.
 *
 * @param finding what it is
 * @param page page of the manifest concerned; null if there is none
 * @param row row of that page; null if it is not about a single row
 * @param key object concerned; null if there is none
 * @param detail what was expected and what was found; null if the rest is enough
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(
    Kind finding,
    @Nullable Integer page,
    @Nullable Integer row,
    @Nullable String key,
    @Nullable String detail) {

  /** The kinds of findings. */
  public enum Kind {
    /** The object of a stored row does not exist. */
    MISSING,
    /** The object of a stored row has another size. */
    WRONG_SIZE,
    /** The object of a stored row has another SHA-256. */
    WRONG_HASH,
    /** The store does not serve the object of a stored row, so its SHA-256 is unknown. */
    NOT_READABLE,
    /** An object that no manifest names. */
    EXTRA,
    /** A page without a manifest. */
    NO_MANIFEST,
    /** A manifest that is damaged. */
    BAD_MANIFEST,
    /** A row that failed for a cause that may be temporary. */
    RETRYABLE,
    /** Rows that the portal's total includes but no manifest has. */
    ROWS_MISSING,
    /** A page with fewer rows than a full one, though it is not the last. */
    SHORT_PAGE;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
