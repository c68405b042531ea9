package app;

import api.dto.ScriptData;
import api.dto.StatusData;
import audit.Audit;
import audit.AuditOptions;
import audit.AuditReport;
import audit.Scope;
import cli.Invocation;
import cli.terminal.Redrawn;
import cli.terminal.StatusTable;
import config.Configuration;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import model.ServerText;
import store.Store;

/** One harvest of the demo: an instance that is watched until all its scripts have completed. */
final class DemoHarvest implements AutoCloseable {
  /** Scripts ended in error, and no other goes on. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 300;

    private BrokenException(String message) {
      super(message);
    }

    static BrokenException of(StatusData status) {
      ScriptData first =
          status.scripts().stream()
              .filter(script -> script.status().equals("error"))
              .findFirst()
              .orElseThrow();
      long others = status.errorScripts() - 1;
      return new BrokenException(
          "script %d is in error%s: %s"
              .formatted(
                  first.scriptId(),
                  others == 0 ? "" : ", and %d more".formatted(others),
                  ServerText.cut(ServerText.harmless(first.lastError()), LONGEST)));
    }
  }

  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  /** Where the table cannot be drawn in place. */
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);

  private final Serving serving;
  private final Invocation invocation;
  private final PrintStream out;
  private final InstantSource clock = InstantSource.system();
  private final Instant start = clock.instant();

  /**
   * Starts it.
   *
   * @param from what is harvested, as {@code portal http://…}
   */
  DemoHarvest(Configuration configuration, String from, Invocation invocation) throws Exception {
    this.invocation = invocation;
    this.out = invocation.out();
    this.serving = Serving.start(configuration, true);
    out.printf("%s%ndashboard  %s%n%n", from, serving.address());
  }

  /** Address of the dashboard. */
  String address() {
    return serving.address();
  }

  /**
   * Shows the progress until all is done, then the result.
   *
   * @param endsInError whether it ends, too, when nothing goes on and a person must fix something
   * @throws BrokenException if it has ended so
   */
  void watch(boolean endsInError) throws InterruptedException, BrokenException {
    StatusData done = untilDone(endsInError);
    Duration took = Duration.between(start, clock.instant());
    summary(done, serving.instance().storedBefore(), took);
    out.println(
        invocation
            .terminal()
            .fitted(
                serving
                    .signal()
                    .unlessClosed(() -> serving.instance().orchestrator().result().words())));
  }

  private StatusData untilDone(boolean endsInError) throws InterruptedException, BrokenException {
    boolean inPlace = invocation.terminal().canRedraw();
    int width = invocation.terminal().columns();
    Redrawn drawing = new Redrawn(out, inPlace, invocation.terminal().rows());
    Instant nextDrawing = start;
    while (true) {
      StatusData status = serving.signal().unlessClosed(serving.instance()::status);
      boolean done = status.completedScripts().equals(status.totalScripts());
      boolean broken = endsInError && status.errorScripts() > 0 && status.runningScripts() == 0;
      if (inPlace || done || broken || !clock.instant().isBefore(nextDrawing)) {
        nextDrawing = clock.instant().plus(PLAIN_INTERVAL);
        drawing.draw(new StatusTable(status, width).toString());
      }
      if (done) {
        return status;
      }
      if (broken) {
        throw BrokenException.of(status);
      }
      invocation.pause(POLL_INTERVAL);
    }
  }

  /**
   * @param before documents that an earlier run has stored
   */
  private void summary(StatusData done, long before, Duration took) {
    long stored = done.totalFilesDownloaded();
    double seconds = took.toMillis() / 1000.0;
    out.printf(
        Locale.ROOT,
        "%npages      %,d%ndocuments  %,d%nsize       %.1f MiB%nfailed     %,d%n%s%n",
        done.completedPages(),
        stored,
        done.totalBytes() / 1024.0 / 1024.0,
        done.failedDownloads(),
        stored == before
            ? "nothing left to do: an earlier run has completed all pages"
            : String.format(
                Locale.ROOT,
                "rate       %.0f documents/s over %.1f s",
                (stored - before) / seconds,
                seconds));
  }

  /** Proves what the bucket holds. */
  static AuditReport audit(Configuration configuration) throws IOException, InterruptedException {
    try (Store store = Store.open(configuration.store(), AuditOptions.PARALLEL)) {
      Scope scope = Scope.all(configuration.harvest().distribution());
      return new Audit(store, AuditOptions.PLAIN).audit(scope);
    }
  }

  @Override
  public void close() throws IOException {
    serving.close();
  }
}
