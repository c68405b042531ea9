package app;

import config.ConfigKey;
import config.HarvestIdentity;
import config.UsageException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import ledger.InstanceMemory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import store.BadManifestException;
import store.HarvestFile;
import store.Store;
import store.StoreException;
import store.StoreException.Kind;

/**
 * Makes sure that bucket and ledger belong to the configured harvest before any script works. A
 * store that is down, or accepts nothing, is asked again until it does.
 */
final class HarvestCheck {
  private static final Logger LOG = LoggerFactory.getLogger(HarvestCheck.class);

  /** How long a start waits for the store to respond. */
  private static final Duration START_WAIT = Duration.ofSeconds(10);

  /** How long a script waits for it, so that its stop takes no longer. */
  private static final Duration SCRIPT_WAIT = Duration.ofMillis(500);

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

  /**
   * Of instances that start at the same time, one is first; more attempts indicate a broken store.
   */
  private static final int MOST_TRIES = 5;

  private static final String BUCKET = ConfigKey.BUCKET.key();

  private final HarvestIdentity identity;
  private final String bucket;
  private final InstanceMemory memory;
  private final Store store;
  private final ScheduledExecutorService executor;
  private final CompletableFuture<UsageException> refused = new CompletableFuture<>();
  private volatile boolean acceptChanges;
  private volatile boolean passed;
  private volatile @Nullable UsageException mistake;
  private volatile StoreException problem =
      new StoreException(Kind.AWAY, "the store has not answered yet");
  private @Nullable Future<?> asking;
  private @Nullable Future<?> asksAgain;

  /**
   * @param bucket where the documents go
   * @param executor asks the store
   */
  HarvestCheck(
      HarvestIdentity identity,
      String bucket,
      InstanceMemory memory,
      Store store,
      ScheduledExecutorService executor) {
    this.identity = identity;
    this.bucket = bucket;
    this.memory = memory;
    this.store = store;
    this.executor = executor;
  }

  /** Accepts, for a person, other totals and assignments than were recorded. */
  void acceptChanges() {
    acceptChanges = true;
  }

  /**
   * Compares the configuration with ledger and bucket. If the store does not respond soon, this
   * continues in the background.
   *
   * @return what is wrong with the store while it is down or accepts nothing; empty if all is well
   * @throws UsageException if the bucket does not exist, access is refused, or the ledger or the
   *     bucket belongs to another harvest
   */
  Optional<String> start() throws InterruptedException {
    identity.differs(memory.identity(), "this data folder was filled with", acceptChanges);
    requireSameBucket();
    await(START_WAIT);
    if (passed) {
      return Optional.empty();
    }
    if (mistake != null) {
      throw mistake;
    }
    return Optional.of(String.valueOf(problem.getMessage()));
  }

  /**
   * The ledger describes this bucket, and would be wrong about another one. The bucket does not
   * record its own name, because it may be copied.
   */
  private void requireSameBucket() {
    String known = memory.identity().getOrDefault(BUCKET, bucket);
    if (!known.equals(bucket)) {
      throw new UsageException(
          ("%s: configured is %s, but this data folder was filled for %s; set %1$s=%3$s, use another"
                  + " harvest.data-dir, or, if its objects were copied, run rebuild --force")
              .formatted(BUCKET, bucket, known));
    }
  }

  private Map<String, String> remembered() {
    Map<String, String> remembered = new LinkedHashMap<>(identity.values());
    remembered.put(BUCKET, bucket);
    return remembered;
  }

  /**
   * Called before a script works on a page.
   *
   * @throws StoreException while bucket and configuration have not been compared
   */
  void require() {
    if (passed) {
      return;
    }
    try {
      await(SCRIPT_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!passed) {
      throw new StoreException(
          problem.kind(), problem.status(), problem.code(), problem.getMessage(), problem);
    }
  }

  /** Completes when the bucket turns out, after the start, to belong to another harvest. */
  CompletableFuture<UsageException> refused() {
    return refused;
  }

  private void await(Duration longest) throws InterruptedException {
    try {
      ask().get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("the store has not answered for {}", longest);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private synchronized Future<?> ask() {
    if (asking == null || asking.isDone() && !passed) {
      asking = executor.submit(this::compare);
    }
    return asking;
  }

  private void compare() {
    try {
      ensureBucket();
      agree(store.harvestFile());
      if (!remembered().equals(memory.identity())) {
        memory.keepIdentity(remembered());
      }
      passed = true;
    } catch (StoreException e) {
      report(e);
      askAgain();
    } catch (UsageException e) {
      LOG.error("{}", e.getMessage());
      mistake = e;
      problem = new StoreException(Kind.REFUSED, String.valueOf(e.getMessage()));
      refused.complete(e);
    }
  }

  private void report(StoreException e) {
    if (!String.valueOf(e.getMessage()).equals(problem.getMessage())) {
      LOG.warn("no script works yet: {}", e.getMessage());
    }
    problem = e;
  }

  private synchronized void askAgain() {
    if (asksAgain == null || asksAgain.isDone()) {
      asksAgain = executor.schedule(this::ask, POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void ensureBucket() {
    mistake = null;
    try {
      store.bucket().ensure();
    } catch (StoreException e) {
      if (e.kind() != Kind.AWAY) {
        mistake = new UsageException(String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }

  /** Also reads back what was written, because not every store supports conditional writes. */
  private void agree(HarvestFile file) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<HarvestFile.Content> found = read(file);
      if (found.isEmpty()) {
        file.create(identity.recorded());
      } else if (!identity.differs(found.get().values(), where(file), acceptChanges)) {
        return;
      } else if (file.replace(found.get(), identity.recorded())) {
        LOG.info("{} now holds the accepted changes", file.key());
      }
    }
    throw new StoreException(Kind.AWAY, "the store does not keep " + file.key());
  }

  private static Optional<HarvestFile.Content> read(HarvestFile file) {
    try {
      return file.read();
    } catch (BadManifestException e) {
      throw new UsageException(
          e.getMessage() + "; expected what this harvest wrote: restore it, or delete it", e);
    }
  }

  private static String where(HarvestFile file) {
    return file.key() + " in the bucket holds";
  }
}
