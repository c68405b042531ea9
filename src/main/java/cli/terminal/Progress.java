package cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import model.TimeLeft;
import org.jspecify.annotations.Nullable;
import scripts.ScriptSnapshot;
import scripts.WaitingReason;

/**
 * Progress in the terminal: one line per script and a total, redrawn in place if the terminal
 * supports that, otherwise printed again.
 */
public final class Progress {
  private static final int BAR = 24;
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);

  private final PrintStream out;
  private final boolean redraws;
  private final int pageSize;
  private final LongSupplier nanos;
  private int drawn;
  private long drawnAt;

  /**
   * @param redraws whether the terminal can move its cursor
   * @param nanos the monotonic clock
   */
  public Progress(PrintStream out, boolean redraws, int pageSize, LongSupplier nanos) {
    this.nanos = nanos;
    this.out = out;
    this.redraws = redraws;
    this.pageSize = pageSize;
  }

  /**
   * Draws the progress, unless that was done a moment ago.
   *
   * @param last whether this is the last time
   */
  public void draw(List<ScriptSnapshot> scripts, boolean last) {
    long now = nanos.getAsLong();
    if (!redraws && !last && drawn > 0 && now - drawnAt < PLAIN_EVERY.toNanos()) {
      return;
    }
    drawnAt = now;
    StringBuilder text = new StringBuilder();
    if (redraws && drawn > 0) {
      text.append("\033[").append(drawn).append("F");
    }
    String end = redraws ? "\033[K\n" : "\n";
    scripts.forEach(script -> text.append(line(script)).append(end));
    text.append(total(scripts)).append(end);
    drawn = scripts.size() + 1;
    out.print(text);
    out.flush();
  }

  private String line(ScriptSnapshot script) {
    return row(
        script.script().name(),
        script.tally().completedPages(),
        script.totalPages(),
        script.tally().stored(),
        script.filesPerSecond(),
        script.etaSeconds(pageSize),
        note(script));
  }

  private static String note(ScriptSnapshot script) {
    String failed = script.tally().failed() == 0 ? "" : ", " + script.tally().failed() + " failed";
    WaitingReason reason = script.waitingReason();
    String waits = reason == null ? "" : " for the " + reason.word();
    return script.status().word() + waits + failed;
  }

  private String total(List<ScriptSnapshot> scripts) {
    int done = scripts.stream().mapToInt(script -> script.tally().completedPages()).sum();
    int pages = scripts.stream().mapToInt(ScriptSnapshot::totalPages).sum();
    long stored = scripts.stream().mapToLong(script -> script.tally().stored()).sum();
    long failed = scripts.stream().mapToLong(script -> script.tally().failed()).sum();
    double rate = scripts.stream().mapToDouble(ScriptSnapshot::filesPerSecond).sum();
    Long eta = TimeLeft.of(pages - done, pageSize, rate);
    return row(
        "total", done, pages, stored, rate, eta, failed == 0 ? "" : "%,d failed".formatted(failed));
  }

  private static String row(
      String name, int done, int pages, long stored, double rate, @Nullable Long eta, String note) {
    double share = pages == 0 ? 1 : (double) done / pages;
    int filled = (int) Math.round(share * BAR);
    return String.format(
            Locale.ROOT,
            "%-10s %s%s %5.1f%%  %,7d/%,d pages  %,9d files  %7.1f/s  %8s  %s",
            name,
            "█".repeat(filled),
            "░".repeat(BAR - filled),
            share * 100,
            done,
            pages,
            stored,
            rate,
            eta == null ? "" : left(eta),
            note)
        .stripTrailing();
  }

  /** A duration, such as {@code 4:05} or {@code 2 h 09}. */
  static String left(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d", seconds / 3600, seconds / 60 % 60);
  }
}
