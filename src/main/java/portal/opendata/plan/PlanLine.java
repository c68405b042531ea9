package portal.opendata.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * A line of the plan: a part of a partition, or what of a partition is in no part.
 *
 * @param partition as in keys: {@code year=2023/court=27_1/bench=newas}
 * @param part name of its tar; null for documents that are fetched as objects
 * @param etag of its tar, without quotes; null for documents that are fetched as objects
 * @param size of its tar
 * @param files distinct names
 * @param firstPage its first page
 * @param pages how many pages it has; 0 for a tar without files
 * @param growth 0 in the first plan, else by which sweep it was appended
 */
@JsonPropertyOrder({"partition", "part", "etag", "size", "files", "first_page", "pages", "growth"})
public record PlanLine(
    String partition,
    @Nullable String part,
    @Nullable String etag,
    long size,
    long files,
    @JsonProperty("first_page") int firstPage,
    int pages,
    @JsonInclude(Include.NON_DEFAULT) int growth) {

  /** Its last page; before its first page for one without pages. */
  public int lastPage() {
    return firstPage + pages - 1;
  }
}
