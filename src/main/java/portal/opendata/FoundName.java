package portal.opendata;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A document of a page of which only the name and location are known.
 *
 * @param name of the PDF
 * @param part key of the tar that has it; null if it exists only as an object
 * @param etag version of the part; empty if unknown
 * @param offset of its header in the part
 * @param size in the part
 * @param spooled its bytes; null if they were not kept
 */
record FoundName(
    String name,
    @Nullable String part,
    String etag,
    long offset,
    long size,
    @Nullable Path spooled) {

  /** A document that no tar has. */
  static FoundName object(String name) {
    return new FoundName(name, null, "", 0, 0, null);
  }
}
