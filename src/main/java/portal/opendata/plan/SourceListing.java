package portal.opendata.plan;

import config.SourceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import store.SourceBucket;
import store.SourceObject;

/** The chosen partitions, learned from the list of the source, with their tars. */
final class SourceListing {
  private static final Pattern KEY =
      Pattern.compile("(data|metadata)/tar/(year=(\\d{4})/court=([^/]+)/bench=([^/]+))/([^/]+)");

  private final TreeMap<String, Partition> partitions = new TreeMap<>();
  private final SourceSettings wanted;

  /** A partition of the source. */
  static final class Partition {
    private final String path;
    private final List<SourceObject> tars = new ArrayList<>();
    private boolean hasIndex;
    private boolean hasMetadata;
    private boolean hasMetadataIndex;

    private Partition(String path) {
      this.path = path;
    }

    /** As in keys: {@code year=2023/court=27_1/bench=newas}. */
    String path() {
      return path;
    }

    /** Its tars, by key. */
    List<SourceObject> tars() {
      return tars;
    }

    boolean hasIndex() {
      return hasIndex;
    }

    boolean hasMetadata() {
      return hasMetadata;
    }

    boolean hasMetadataIndex() {
      return hasMetadataIndex;
    }

    private void add(boolean isData, String name, SourceObject object) {
      if (!isData) {
        hasMetadata = true;
        hasMetadataIndex |= name.equals("metadata.index.json");
      } else if (name.equals("data.index.json")) {
        hasIndex = true;
      } else if (name.endsWith(".tar")) {
        tars.add(object);
      }
    }
  }

  private SourceListing(SourceSettings wanted) {
    this.wanted = wanted;
  }

  /**
   * Lists them.
   *
   * @throws store.StoreException if the source does not answer
   */
  static List<Partition> read(SourceBucket source, SourceSettings wanted) {
    SourceListing listing = new SourceListing(wanted);
    source.list("data/tar/").forEach(listing::add);
    source.list("metadata/tar/").forEach(listing::add);
    return listing.partitions.values().stream()
        .filter(
            partition ->
                !partition.tars().isEmpty() || partition.hasIndex() || partition.hasMetadata())
        .toList();
  }

  private void add(SourceObject object) {
    Matcher key = KEY.matcher(object.key());
    if (key.matches()
        && wanted.wantsYear(Integer.parseInt(key.group(3)))
        && wanted.wantsCourt(key.group(4))
        && wanted.wantsBench(key.group(5))) {
      partitions
          .computeIfAbsent(key.group(2), Partition::new)
          .add(key.group(1).equals("data"), key.group(6), object);
    }
  }
}
