package portal.opendata.plan;

import config.SourceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import store.PlanFile;
import store.SourceBucket;
import store.StoreException;
import store.StoreException.Kind;

/** Appends to the plan of a harvest whatever was added to its source since. */
public final class PlanGrowth {
  private static final Logger LOG = LoggerFactory.getLogger(PlanGrowth.class);
  private static final int MOST_TRIES = 5;

  private final SourceBucket source;
  private final SourceSettings wanted;
  private final PlanFile shared;
  private final Path file;

  /**
   * @param shared the plan in the bucket
   * @param file the plan in the data folder
   */
  public PlanGrowth(SourceBucket source, SourceSettings wanted, PlanFile shared, Path file) {
    this.source = source;
    this.wanted = wanted;
    this.shared = shared;
    this.file = file;
  }

  /**
   * Reads lists and indexes again, and appends what is new.
   *
   * @return the plan as it is now
   * @throws StoreException if source or store does not answer
   */
  public SourcePlan grow() {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Path read = Files.createTempFile(folder, "plan", ".old");
      Path grown = Files.createTempFile(folder, "plan", ".new");
      try {
        return grow(read, grown);
      } finally {
        Files.deleteIfExists(read);
        Files.deleteIfExists(grown);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SourcePlan grow(Path read, Path grown) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<String> etag = shared.read(read);
      if (etag.isEmpty()) {
        throw new StoreException(Kind.AWAY, shared.key() + " is not in the bucket any more");
      }
      SourcePlan before = SourcePlan.open(read);
      boolean isLarger = new PlanMaker(source, wanted, LOG::warn).grow(before, read, grown);
      if (!isLarger || shared.replace(grown, etag.get())) {
        Files.move(isLarger ? grown : read, file, StandardCopyOption.REPLACE_EXISTING);
        SourcePlan now = SourcePlan.open(file);
        LOG.info("the source has {} pages that are new", now.allPages() - before.allPages());
        return now;
      }
    }
    throw new StoreException(Kind.AWAY, "the store does not keep " + shared.key());
  }
}
