package app;

import api.BackgroundAudits;
import api.dto.AuditAnswer;
import api.dto.AuditData;
import audit.Audit;
import audit.AuditOptions;
import audit.AuditProgress;
import audit.AuditReport;
import audit.HashOptions;
import audit.Ledgers;
import audit.Scope;
import audit.Subset;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import model.ApiFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.OwnerOnly;
import platform.Threads;
import store.Store;

/**
 * Audits this instance's pages at intervals, and on request. The last report is kept in the data
 * folder.
 */
public final class AuditSchedule implements BackgroundAudits, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditSchedule.class);

  /** Few, so that the harvest is hardly affected. */
  private static final int PARALLEL = 4;

  private static final JsonMapper JSON = new JsonMapper();

  private final Configuration configuration;
  private final Supplier<Ledgers> ledgers;
  private final Path file;
  private final InstantSource clock;
  private final ScheduledExecutorService executor = Threads.scheduled("audits", 1);
  private boolean isRunning;
  private @Nullable ObjectNode last;
  private @Nullable ScheduledFuture<?> next;
  private volatile AuditAnswer.@Nullable Progress progress;

  /**
   * @param ledgers whom an audit asks about documents that no manifest names; created anew for
   *     each, because a peer that did not answer one may answer the next
   * @param file for the last report
   */
  public AuditSchedule(
      Configuration configuration, Supplier<Ledgers> ledgers, Path file, InstantSource clock) {
    this.configuration = configuration;
    this.ledgers = ledgers;
    this.file = file;
    this.clock = clock;
    this.last = read();
  }

  private @Nullable ObjectNode read() {
    try {
      if (JSON.readTree(file.toFile()) instanceof ObjectNode report) {
        finished(report);
        return report;
      }
    } catch (IOException | DateTimeException e) {
      LOG.debug("there is no report of an earlier audit, or none that can be read", e);
    }
    return null;
  }

  private static Instant finished(ObjectNode report) {
    return Instant.parse(report.path("finished").asText());
  }

  /** Schedules the first one: one interval after the last, even if that was in another process. */
  synchronized void begin() {
    Duration interval = configuration.harvest().auditInterval();
    if (interval.isZero()) {
      return;
    }
    Instant before = last == null ? clock.instant() : finished(last);
    Duration wait = Duration.between(clock.instant(), before.plus(interval));
    schedule(wait.isNegative() ? Duration.ZERO : wait.compareTo(interval) > 0 ? interval : wait);
  }

  private synchronized void schedule(Duration wait) {
    if (next != null) {
      next.cancel(false);
    }
    if (!executor.isShutdown()) {
      next = executor.schedule(() -> start(false), wait.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized boolean start(boolean checksums) {
    if (isRunning || executor.isShutdown()) {
      return false;
    }
    isRunning = true;
    executor.execute(() -> run(checksums));
    return true;
  }

  private void run(boolean checksums) {
    try {
      Instant started = clock.instant();
      AuditReport report = audit(checksums);
      keep(report, started);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the instance ends
    } catch (IOException | RuntimeException e) {
      LOG.warn("the audit was aborted: {}", e.getMessage());
    } finally {
      ended();
    }
  }

  private synchronized void ended() {
    isRunning = false;
    progress = null;
    if (!configuration.harvest().auditInterval().isZero()) {
      schedule(configuration.harvest().auditInterval());
    }
  }

  private AuditReport audit(boolean checksums) throws IOException, InterruptedException {
    HashOptions hashes =
        checksums ? new HashOptions(HashOptions.Source.KEPT, Subset.ALL, null) : HashOptions.NONE;
    try (Store store = Store.open(configuration.store(), PARALLEL)) {
      store.bucket().require();
      return new Audit(
              store,
              AuditOptions.PLAIN
                  .with(PARALLEL)
                  .with(hashes)
                  .with(ledgers.get())
                  .with((AuditProgress) this::at))
          .audit(
              Scope.of(
                  configuration.harvest().instanceId(), configuration.harvest().distribution()));
    }
  }

  private void at(AuditProgress.Step step, long done, long of) {
    progress = new AuditAnswer.Progress(step.word(), done, of == 0 ? null : of);
  }

  private synchronized void keep(AuditReport report, Instant started) throws IOException {
    if (executor.isShutdown()) {
      return; // the data folder may be another process's by now
    }
    ObjectNode node = JSON.valueToTree(report);
    node.put("started", ApiFormat.time(started));
    node.put("finished", ApiFormat.time(clock.instant()));
    last = node;
    LOG.info(
        "the audit found the bucket {}{}",
        report.isClean() ? "clean" : "not clean",
        report.isComplete() ? "" : ", gaps: " + report.gaps());
    Path written = file.resolveSibling(file.getFileName() + ".next");
    OwnerOnly.file(written);
    JSON.writeValue(written.toFile(), node);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public synchronized AuditAnswer state() {
    return new AuditAnswer(isRunning, progress, last, ApiFormat.time(clock.instant()));
  }

  @Override
  public synchronized @Nullable AuditData last() {
    return last == null
        ? null
        : new AuditData(
            last.path("clean").asBoolean(),
            last.path("complete").asBoolean(),
            sum(last, "findings"),
            sum(last, "gaps"),
            last.path("finished").asText());
  }

  private static long sum(ObjectNode report, String counts) {
    return StreamSupport.stream(report.path(counts).spliterator(), false)
        .mapToLong(count -> count.asLong())
        .sum();
  }

  @Override
  public synchronized void close() {
    executor.shutdownNow();
  }
}
