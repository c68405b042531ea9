package alerts;

import alerts.Digest.Figures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What must survive a restart.
 *
 * @param open conditions that were reported and are not over
 * @param completions keys of the completions that were reported
 * @param mail notices not yet mailed
 * @param webhook notices not yet sent to the webhook
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

  /** Detects what is missing in a broken file, and invalid times. */
  AlertState {
    open = List.copyOf(open);
    completions = List.copyOf(completions);
    mail = List.copyOf(mail);
    webhook = List.copyOf(webhook);
    open.forEach(AlertState::check);
    mail.forEach(AlertState::check);
    webhook.forEach(AlertState::check);
    if (digestOn != null) {
      LocalDate.parse(digestOn);
    }
    if (digested != null) {
      Instant.parse(digested.at());
    }
  }

  private static void check(AlertBook.Open told) {
    Objects.requireNonNull(told.key());
    Objects.requireNonNull(told.who());
    Objects.requireNonNull(told.kind());
    Instant.parse(told.since());
    Instant.parse(told.told());
  }

  private static void check(Notice notice) {
    Instant.parse(notice.queuedAt());
    if (notice.digest() == null) {
      Objects.requireNonNull(notice.alert());
    }
  }
}
