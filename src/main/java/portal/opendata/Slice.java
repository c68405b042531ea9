package portal.opendata;

import java.util.List;

/**
 * What a page stands for: some members of a part, in the order in which the tar has them; or some
 * names that no part has.
 *
 * @param partition as the bucket's keys have it: {@code year=2023/court=27_1/bench=newas}
 * @param part name of the tar; empty for names that no part has
 * @param etag the version of the tar that was planned; empty if unknown
 * @param firstPage the first page of the part
 * @param pages how many pages the part has
 * @param names of a page without a part; empty otherwise
 */
public record Slice(
    String partition, String part, String etag, int firstPage, int pages, List<String> names) {

  /** Whether this is the part's last page, which takes all that is left. */
  boolean isLast(int page) {
    return page == firstPage + pages - 1;
  }

  /** The key of the part. */
  String partKey() {
    return tarKey(part);
  }

  /** The key of any tar of the partition. */
  String tarKey(String name) {
    return "data/tar/" + partition + "/" + name;
  }

  /** The key of a PDF as an object. */
  String objectKey(String name) {
    return "data/pdf/" + partition + "/" + name;
  }

  /** The court, the year and so on, each in a part of a key. */
  String metadataPrefix() {
    return "metadata/tar/" + partition + "/";
  }

  /** The key of the metadata of a PDF as an object. */
  String metadataKey(String base) {
    return "metadata/json/" + partition + "/" + base + ".json";
  }
}
