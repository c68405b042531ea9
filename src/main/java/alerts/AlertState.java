package alerts;

import alerts.Digest.Figures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must survive a restart.
 *
 * @param open conditions that were told and are not over
 * @param completions keys of the completions that were told
 * @param mail what was not mailed yet
 * @param webhook what was not sent to the webhook yet
 * @param digestOn date of the last digest; null for none
 * @param digested the figures of the last digest; null if there was none
 */
record AlertState(
    List<AlertBook.Open> open,
    List<String> completions,
    List<Notice> mail,
    List<Notice> webhook,
    @Nullable String digestOn,
    @Nullable Figures digested) {
  static final AlertState NONE =
      new AlertState(List.of(), List.of(), List.of(), List.of(), null, null);

  /** What a broken file lacks is found here. */
  AlertState {
    open = List.copyOf(open);
    completions = List.copyOf(completions);
    mail = List.copyOf(mail);
    webhook = List.copyOf(webhook);
  }
}
