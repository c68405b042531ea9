package api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/audit/repair}.
 *
 * @param documents documents to fetch again
 * @param pages pages to list again
 * @param firstPage first page by which the portal has grown, and which has no manifest; 0 or null
 *     for the last
 * @param lastPage last page by which the portal has grown
 */
public record RepairRequest(
    @Nullable List<Document> documents,
    @Nullable List<Integer> pages,
    @Nullable Integer firstPage,
    @Nullable Integer lastPage) {
  /**
   * @param pages the pages that list it
   */
  public record Document(@Nullable String id, @Nullable List<Integer> pages) {}
}
