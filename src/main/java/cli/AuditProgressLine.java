package cli;

import audit.AuditProgress;
import cli.terminal.ErrorLine;
import java.util.Locale;

/** The progress of an audit, for a person who is watching. */
final class AuditProgressLine implements AuditProgress {
  private final ErrorLine line;

  AuditProgressLine(ErrorLine line) {
    this.line = line;
  }

  @Override
  public void at(Step step, long done, long of) {
    if (done % every(step) == 0) {
      line.draw("audit: " + words(step, done, of));
    }
  }

  /** Each hash may take long, while thousands of objects are listed a second. */
  private static int every(Step step) {
    return switch (step) {
      case MANIFESTS -> 50;
      case OBJECTS -> 5_000;
      case COMPARING, HASHES -> 1;
    };
  }

  private static String words(Step step, long done, long of) {
    String count =
        of > 0
            ? String.format(Locale.ROOT, "%,d of %,d", done, of)
            : String.format(Locale.ROOT, "%,d", done);
    return switch (step) {
      case MANIFESTS -> count + " manifests read";
      case OBJECTS -> count + " objects listed";
      case COMPARING -> "comparing";
      case HASHES -> count + " hashes compared";
    };
  }
}
