package audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One thing that is not as it must be.
 *
 * @param finding what it is
 * @param page page of the manifest concerned; null when there is none
 * @param row row of that page; null when it is not about one row
 * @param key object concerned; null when there is none
 * @param detail what was expected and what was found; null when the rest says it all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(Kind finding, Integer page, Integer row, String key, String detail) {

  /** What can be wrong. */
  public enum Kind {
    /** A stored row's object is not there. */
    MISSING,
    /** It is there with another size. */
    WRONG_SIZE,
    /** An object that no manifest names. */
    EXTRA,
    /** A page without a manifest. */
    NO_MANIFEST,
    /** A manifest that cannot be what was written. */
    BAD_MANIFEST,
    /** A row that failed for a cause that may pass. */
    RETRYABLE;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
