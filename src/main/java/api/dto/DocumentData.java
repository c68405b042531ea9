package api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an instance knows of a document.
 *
 * @param row null if its page is not known any more
 * @param reason why it is not stored; null if it is, or if nothing failed yet
 * @param key null if it is never fetched
 * @param storedAt null if it is not stored, like size and digest
 * @param tries oldest first
 */
public record DocumentData(
    Integer instanceId,
    @Nullable Integer scriptId,
    Integer page,
    @Nullable Integer row,
    String id,
    @Nullable String cnr,
    @Nullable String url,
    @Nullable String title,
    String state,
    @Nullable String reason,
    @Nullable String key,
    @Nullable Long size,
    @Nullable String sha256,
    @Nullable String storedAt,
    List<Try> tries) {

  /**
   * A try.
   *
   * @param reason null if it brought the document
   * @param httpStatus null if the portal did not answer, or if it brought the document
   */
  public record Try(String at, @Nullable String reason, @Nullable Integer httpStatus) {}
}
