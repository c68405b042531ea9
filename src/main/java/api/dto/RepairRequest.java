package api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/audit/repair}.
 *
 * @param documents documents to fetch again
 * @param pages pages to list again
 * @param lastPage the portal has grown up to this page
 */
public record RepairRequest(
    @Nullable List<Document> documents, @Nullable List<Integer> pages, @Nullable Integer lastPage) {
  /**
   * @param pages the pages that list it
   */
  public record Document(@Nullable String id, @Nullable List<Integer> pages) {}
}
