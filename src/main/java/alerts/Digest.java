package alerts;

import api.dto.AuditData;
import api.dto.ScriptData;
import api.dto.StatusData;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import model.Percent;
import org.jspecify.annotations.Nullable;

/** The daily digest: figures, progress, what needs attention, and what to do next. */
final class Digest {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm xxx", Locale.ENGLISH);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  private static final int SECONDS_A_DAY = 86_400;
  private static final double LONGEST_FORECAST_DAYS = 3_650;
  private static final double GIB = 1L << 30;

  /**
   * The figures of the last digest, to compare with.
   *
   * @param at ISO-8601
   * @param pages complete ones
   */
  record Figures(String at, long stored, long bytes, long pages) {}

  private final Situation situation;
  private final StatusData status;
  private final @Nullable Figures before;
  private final List<String> problems;
  private final int instances;
  private final ZonedDateTime now;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param before the figures of the last digest; null if there was none
   * @param problems texts of the conditions that were reported and are not over
   * @param instances how many share the harvest
   * @param now in the zone of the times in messages
   */
  Digest(
      Situation situation,
      @Nullable Figures before,
      List<String> problems,
      int instances,
      ZonedDateTime now) {
    this.situation = situation;
    this.status = situation.status();
    this.before = before;
    this.problems = problems;
    this.instances = instances;
    this.now = now;
  }

  String text() {
    text.append(
        words("Instance %d of %d on %s\n\n", status.instanceId(), instances, DAY.format(now)));
    progress();
    row("scripts", scripts());
    documents();
    if (!situation.quota().isEmpty()) {
      row("today", situation.quota());
    }
    machine();
    row("last audit", audit(status.lastAudit()));
    list("Needs a hand", problems, "nothing");
    list("Next", nextSteps(), "nothing to do: the scripts go on by themselves");
    return text.toString();
  }

  private static String words(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private void row(String name, String value) {
    text.append(Lines.wrapped(words("  %-11s  ", name), " ".repeat(15), value));
  }

  private void list(String heading, List<String> items, String none) {
    text.append('\n').append(heading).append("\n\n");
    if (items.isEmpty()) {
      text.append("  ").append(none).append('\n');
    }
    items.forEach(item -> text.append(Lines.item(item)));
  }

  private void progress() {
    row(
        "documents",
        words("%,d stored (%.1f GiB)", status.totalFilesDownloaded(), status.totalBytes() / GIB));
    row(
        "pages",
        words(
            "%,d of %,d (%.2f %%)",
            status.completedPages(), status.totalPages(), status.progressPercentage()));
    if (before == null) {
      return;
    }
    Instant last = Instant.parse(before.at());
    double days =
        Math.max(1, Duration.between(last, now.toInstant()).toSeconds()) / (double) SECONDS_A_DAY;
    long stored = status.totalFilesDownloaded() - before.stored();
    long done = status.completedPages() - before.pages();
    row(
        "new",
        words(
            "%,d documents (%.1f GiB) and %,d pages since %s; %.2f documents a second",
            stored,
            (status.totalBytes() - before.bytes()) / GIB,
            done,
            MOMENT.format(last.atZone(now.getZone())),
            stored / (days * SECONDS_A_DAY)));
    row("the rest", forecast(days, done));
  }

  /**
   * Based on the work since the last digest, because the current rate says little about a month.
   */
  private String forecast(double days, long done) {
    long left = status.totalPages() - status.completedPages();
    if (left <= 0) {
      return "none";
    }
    double rest = done <= 0 ? Double.MAX_VALUE : left * days / done;
    return rest > LONGEST_FORECAST_DAYS
        ? words("%,d pages; at that pace there is no end in sight", left)
        : words(
            "%,d pages, at that pace until %s",
            left, DATE.format(now.plusSeconds((long) (rest * SECONDS_A_DAY))));
  }

  private String scripts() {
    Map<String, Long> states =
        status.scripts().stream()
            .collect(Collectors.groupingBy(ScriptData::status, Collectors.counting()));
    return states.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(state -> state.getValue() + " " + state.getKey().replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  private void documents() {
    row(
        "failed",
        words(
            "%,d%s%s",
            status.failedDownloads(),
            status.successRate() == null
                ? ""
                : words(" (success rate %.2f %%)", status.successRate()),
            status.retryingDownloads() == 0
                ? ""
                : words(", %,d are tried again", status.retryingDownloads())));
    if (status.rejectedDownloads() > 0) {
      row("rejected", reasons());
    }
  }

  private String reasons() {
    return status.rejectedReasons().entrySet().stream()
        .map(reason -> words("%,d %s", reason.getValue(), reason.getKey()))
        .collect(Collectors.joining(", "));
  }

  private void machine() {
    row(
        "machine",
        words(
            "CPU %s, memory %s, %.1f GiB of the disk free (%s)",
            percent(status.system().cpuPercent()),
            percent(status.system().memoryPercent()),
            status.system().diskFreeBytes() / GIB,
            Percent.words(situation.diskFreePercent())));
    situation.awayPeers().forEach(peer -> row("away", peer.address()));
  }

  private static String percent(@Nullable Double value) {
    return value == null ? "unknown" : Percent.words(value);
  }

  private String audit(@Nullable AuditData audit) {
    if (audit == null) {
      return "none yet";
    }
    return words(
        "%s, %s, %s",
        MOMENT.format(Instant.parse(audit.finished()).atZone(now.getZone())),
        audit.isClean() ? "clean" : "findings: " + words("%,d", audit.findings()),
        audit.isComplete() ? "no gaps" : "gaps: " + words("%,d", audit.gaps()));
  }

  private List<String> nextSteps() {
    List<String> steps = new ArrayList<>();
    if (scriptsWhere("captcha").findAny().isPresent()) {
      steps.add("read the captchas: ./harvester captcha, or on the dashboard");
    }
    String broken = ids("error");
    if (!broken.isEmpty()) {
      steps.add("mend what ended the scripts, then: ./harvester start " + broken);
    }
    String idle = (ids("not_started") + " " + ids("stopped")).strip();
    if (!idle.isEmpty()) {
      steps.add("start the scripts that do not run: ./harvester start " + idle);
    }
    boolean isComplete = status.completedScripts().equals(status.totalScripts());
    if (status.failedDownloads() > 0) {
      steps.add(
          (isComplete ? "" : "when the scripts have completed: ")
              + "./harvester retry-failed tries the failed documents again");
    }
    AuditData audit = status.lastAudit();
    if (audit != null && !audit.isClean()) {
      steps.add(
          "./harvester audit names what the audit found, ./harvester audit --repair mends it");
    }
    if (isComplete) {
      steps.add("./harvester audit --all proves the harvest of all instances");
    }
    return steps;
  }

  private Stream<ScriptData> scriptsWhere(String reason) {
    return status.scripts().stream().filter(script -> reason.equals(script.waitingReason()));
  }

  private String ids(String state) {
    return status.scripts().stream()
        .filter(script -> script.status().equals(state))
        .map(script -> script.scriptId().toString())
        .collect(Collectors.joining(" "));
  }

  /** The figures that the next digest is compared with. */
  static Figures figures(StatusData status, String at) {
    return new Figures(
        at, status.totalFilesDownloaded(), status.totalBytes(), status.completedPages());
  }
}
