package portal.opendata.plan;

import config.Configuration;
import config.SourceSettings;
import config.Survey;
import config.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import model.PageRange;
import org.jspecify.annotations.Nullable;
import platform.OwnerOnly;
import portal.SourceAwayException;
import portal.SurveyContext;
import store.PlanFile;
import store.SourceBucket;
import store.Store;
import store.StoreException;
import store.StoreException.Kind;

/**
 * Gets the plan of a harvest: that of the bucket, which all instances share; without one, a new
 * plan of the source, which the first instance that runs writes into the bucket.
 */
public final class PlanSurvey {
  private static final int CONNECTIONS = 4;
  private static final int SERVER_ERROR = 500;
  private static final int MOST_TRIES = 5;

  private final SurveyContext context;
  private final Configuration configuration;
  private final SourceSettings wanted;
  private final PlanHeader header;

  public PlanSurvey(SurveyContext context) {
    this.context = context;
    this.configuration = context.configuration();
    this.wanted = SourceSettings.read(configuration.values());
    this.header = PlanHeader.of(wanted, configuration.harvest().distribution().pageSize());
  }

  /**
   * Gets it.
   *
   * @throws SourceAwayException if the store or the source does not answer now
   * @throws StoreException the same
   * @throws UsageException if the plan was made for another choice, or nothing is chosen
   */
  public Survey survey() {
    try (Store store = Store.open(configuration.store(), CONNECTIONS)) {
      Path folder = folder();
      Path file = folder.resolve(SourcePlan.FILE);
      if (context.mayWrite()) {
        toRun(store, file);
      } else {
        toRead(store, file);
      }
      SourcePlan plan = open(file, store.planFile().key());
      return new Survey(
          plan.files(),
          plan.pages(),
          plan.starts(),
          header.filters(),
          folder,
          PlanSummary.of(plan, wanted.readsObjects()),
          Attribution.LINE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path folder() throws IOException {
    if (context.mayWrite()) {
      OwnerOnly.folder(configuration.harvest().dataDir());
      return configuration.harvest().dataDir();
    }
    Path folder = Files.createTempDirectory("judgment-harvester-plan");
    folder.toFile().deleteOnExit();
    folder.resolve(SourcePlan.FILE).toFile().deleteOnExit(); // deleted before its folder
    return folder;
  }

  private SourcePlan open(Path file, String key) throws IOException {
    SourcePlan plan;
    try {
      plan = SourcePlan.open(file);
    } catch (IOException | ArithmeticException e) {
      throw new UsageException(
          "%s cannot be read (%s); expected what this harvest wrote: restore it, or delete it"
              .formatted(key, e.getMessage()),
          e);
    }
    header
        .difference(plan.header(), key)
        .ifPresent(
            words -> {
              throw new UsageException(words);
            });
    if (plan.pages() == 0) {
      throw new UsageException(
          "source.courts, source.benches, source.years: nothing of %s is chosen; expected a choice that it has"
              .formatted(wanted.bucket()));
    }
    return plan;
  }

  /** A store that is away does not keep an instance from going on with the plan that it knows. */
  private void toRun(Store store, Path file) throws IOException {
    try {
      store.bucket().ensure();
      agree(store.planFile(), file);
      attribute(store.planFile());
    } catch (StoreException e) {
      if (!isAway(e) || !Files.isRegularFile(file)) {
        throw e;
      }
    }
  }

  private static boolean isAway(StoreException e) {
    return e.kind() == Kind.AWAY || e.status() >= SERVER_ERROR;
  }

  private void agree(PlanFile shared, Path file) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      Path read = temporary(file);
      try {
        if (shared.read(read).isPresent()) {
          Files.move(read, file, StandardCopyOption.REPLACE_EXISTING);
          return;
        }
        if (Files.isRegularFile(file)) { // the bucket has lost it
          Files.copy(file, read, StandardCopyOption.REPLACE_EXISTING);
        } else {
          make(read);
        }
        open(read, shared.key()); // nothing wrong is written
        attribute(shared);
        create(shared, read);
      } finally {
        Files.deleteIfExists(read);
      }
    }
    throw new StoreException(Kind.AWAY, "the store does not keep " + shared.key());
  }

  private static Path temporary(Path file) throws IOException {
    return Files.createTempFile(file.toAbsolutePath().getParent(), "plan", ".new");
  }

  private static void attribute(PlanFile beside) {
    try {
      beside.attribute(Attribution.TEXT);
    } catch (StoreException e) {
      throw new SourceAwayException("the store takes nothing: " + e.getMessage(), e);
    }
  }

  /** A store that takes nothing is waited for, as one that is away. */
  private static void create(PlanFile shared, Path file) {
    try {
      shared.create(file);
    } catch (StoreException e) {
      throw new SourceAwayException(
          "%s cannot be written: %s".formatted(shared.key(), e.getMessage()), e);
    }
  }

  private void make(Path file) throws IOException {
    try (SourceBucket source =
        SourceBucket.open(wanted, configuration.portal().authorities(), CONNECTIONS)) {
      new PlanMaker(source, wanted, context.notes()).make(header, file);
    }
  }

  /** Before a harvest there may be neither bucket nor credentials: the source says it all. */
  private void toRead(Store store, Path file) throws IOException {
    Optional<String> found;
    @Nullable StoreException failed = null;
    try {
      found = store.planFile().read(file);
    } catch (StoreException e) {
      found = Optional.empty();
      failed = e;
    }
    Path own = configuration.harvest().dataDir().resolve(SourcePlan.FILE);
    if (found.isEmpty() && failed == null) {
      tellIfLost(store);
    }
    if (found.isEmpty() && Files.isRegularFile(own)) {
      Files.copy(own, file, StandardCopyOption.REPLACE_EXISTING);
    } else if (found.isEmpty()) {
      make(file);
    }
  }

  /** A bucket that is harvested into has a plan. */
  private void tellIfLost(Store store) {
    boolean isHarvested;
    try {
      isHarvested = store.manifests().firstOf(new PageRange(1, Integer.MAX_VALUE)).isPresent();
    } catch (StoreException e) {
      return; // there is no bucket yet
    }
    if (isHarvested) {
      context
          .notes()
          .accept(
              "the bucket has lost %s, so nothing in it says which pages there are; the next run writes it again"
                  .formatted(store.planFile().key()));
    }
  }
}
