package api;

import api.dto.ScriptData;
import api.dto.StatusData;
import api.dto.SystemData;
import config.HarvestSettings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import ledger.PageCounts;
import model.ApiFormat;
import model.PageProgress;
import model.PageRange;
import model.Percent;
import model.Redactor;
import model.TimeLeft;
import monitor.ErrorCounts;
import monitor.SystemFigures;
import org.jspecify.annotations.Nullable;
import scripts.ScriptSnapshot;
import scripts.ScriptStatus;

/** Converts the state of scripts and of the instance to the API's format. */
public final class StatusView {
  private final HarvestSettings harvest;
  private final SystemFigures system;
  private final ErrorCounts errors;
  private final Supplier<InstanceNotes> notes;
  private final Self self;
  private final IntFunction<Optional<PageProgress>> pageOf;

  /**
   * @param pageOf how far a script is with the page that it works on
   */
  public StatusView(
      Self self,
      HarvestSettings harvest,
      SystemFigures system,
      ErrorCounts errors,
      Supplier<InstanceNotes> notes,
      IntFunction<Optional<PageProgress>> pageOf) {
    this.pageOf = pageOf;
    this.self = self;
    this.notes = notes;
    this.harvest = harvest;
    this.system = system;
    this.errors = errors;
  }

  StatusData of(List<ScriptSnapshot> scripts) {
    long running = sum(scripts, script -> script.status().isRunning() ? 1 : 0);
    long stored = sum(scripts, script -> script.tally().stored());
    long failed = sum(scripts, script -> script.tally().failed());
    long pages = sum(scripts, ScriptSnapshot::totalPages);
    long completed = sum(scripts, script -> script.tally().completedPages());
    double rate = scripts.stream().mapToDouble(ScriptSnapshot::filesPerSecond).sum();
    InstanceNotes noted = notes.get();
    return new StatusData(
        harvest.instanceId(),
        (long) scripts.size(),
        running,
        count(scripts, ScriptStatus.COMPLETED),
        count(scripts, ScriptStatus.ERROR),
        count(scripts, ScriptStatus.WAITING),
        stored,
        sum(scripts, script -> script.tally().bytes()),
        failed,
        sum(scripts, script -> script.tally().retrying()),
        sum(scripts, ScriptSnapshot::rejectedRows),
        sums(scripts.stream().map(ScriptSnapshot::rejected)),
        sum(scripts, ScriptSnapshot::replaced),
        pages,
        completed,
        Percent.of(completed, pages),
        successRate(stored, failed),
        ApiFormat.rounded(rate),
        running == 0
            ? null
            : TimeLeft.of(pages - completed, harvest.distribution().pageSize(), rate),
        of(system.figures()),
        noted.governor(),
        noted.quota(),
        noted.portalTotal().isPresent() ? noted.portalTotal().getAsLong() : null,
        noted.warnings(),
        self.runId(),
        self.harvest().recorded(),
        errors.all(),
        noted.lastAudit(),
        scripts.stream().map(this::of).toList());
  }

  ScriptData of(ScriptSnapshot script) {
    PageCounts counts = script.tally();
    Optional<PageProgress> page =
        pageOf
            .apply(script.script().id())
            .filter(progress -> progress.page() == script.currentPage());
    return new ScriptData(
        script.script().id(),
        script.status().word(),
        script.status().isRunning(),
        script.script().pages().map(PageRange::first).orElse(null),
        script.lastPage() == 0 ? null : script.lastPage(),
        (long) script.totalPages(),
        script.currentPage() == 0 ? null : script.currentPage(),
        page.map(PageProgress::rows).orElse(null),
        page.map(PageProgress::done).orElse(null),
        (long) counts.completedPages(),
        Percent.of(counts.completedPages(), script.totalPages()),
        counts.stored(),
        counts.bytes(),
        counts.failed(),
        counts.retrying(),
        script.rejectedRows(),
        script.rejected(),
        script.replaced(),
        script.secondsPerFile() == null ? null : ApiFormat.rounded(script.secondsPerFile()),
        ApiFormat.rounded(script.filesPerSecond()),
        script.etaSeconds(harvest.distribution().pageSize()),
        time(script.startTime()),
        time(script.lastUpdated()),
        script.lastError() == null ? null : Redactor.redact(script.lastError()),
        script.waitingReason() == null ? null : script.waitingReason().word());
  }

  private static SystemData of(SystemFigures.Figures figures) {
    return new SystemData(
        figures.cpuPercent(),
        figures.memoryPercent(),
        figures.diskFreeBytes(),
        figures.networkBytesIn(),
        figures.networkBytesOut());
  }

  private static long sum(List<ScriptSnapshot> scripts, ToLongFunction<ScriptSnapshot> what) {
    return scripts.stream().mapToLong(what).sum();
  }

  /** The counts of several maps, by key. */
  static Map<String, Long> sums(Stream<Map<String, Long>> maps) {
    Map<String, Long> sums = new LinkedHashMap<>();
    maps.forEach(counts -> counts.forEach((key, count) -> sums.merge(key, count, Long::sum)));
    return sums;
  }

  private static long count(List<ScriptSnapshot> scripts, ScriptStatus status) {
    return scripts.stream().filter(script -> script.status() == status).count();
  }

  static @Nullable Double successRate(long stored, long failed) {
    return stored + failed == 0 ? null : Percent.of(stored, stored + failed);
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : ApiFormat.time(time);
  }
}
