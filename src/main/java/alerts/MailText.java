package alerts;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Subject and text of a mail. The subject consists only of our own words and numbers. */
final class MailText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT);

  private final int instance;
  private final ZoneId zone;
  private final String footer;

  /**
   * @param footer where to look, as the last lines of every mail
   */
  MailText(int instance, ZoneId zone, String footer) {
    this.instance = instance;
    this.zone = zone;
    this.footer = footer;
  }

  String subject(List<Notice> notices) {
    String from = "[judgment-harvester %d] ".formatted(instance);
    if (notices.get(0).digest() != null) {
      return from + "daily digest";
    }
    Map<String, Long> kinds = new LinkedHashMap<>();
    notices.stream()
        .map(notice -> Objects.requireNonNull(notice.alert()))
        .map(alert -> heading(alert) + (isClosed(alert) ? " (over)" : ""))
        .forEach(heading -> kinds.merge(heading, 1L, Long::sum));
    return kinds.entrySet().stream()
        .map(kind -> kind.getKey() + (kind.getValue() == 1 ? "" : " x" + kind.getValue()))
        .collect(Collectors.joining(", ", from, ""));
  }

  private static String heading(Alert alert) {
    if (alert.onlyTries()) {
      return "test";
    }
    return AlertKind.of(alert.kind()).map(AlertKind::heading).orElse("alert");
  }

  private static boolean isClosed(Alert alert) {
    return alert.state().equals(Alert.CLOSED);
  }

  private static boolean isCompletion(Alert alert) {
    return AlertKind.of(alert.kind()).filter(AlertKind::isCompletion).isPresent();
  }

  String body(List<Notice> notices) {
    String digest = notices.get(0).digest();
    if (digest != null) {
      return digest + "\n" + footer;
    }
    StringBuilder body = new StringBuilder();
    part(body, "New", notices, notice -> !notice.repeated() && isProblem(notice));
    part(body, "Still so", notices, Notice::repeated);
    part(body, "Over", notices, notice -> isClosed(alert(notice)));
    part(body, "Done", notices, notice -> isCompletion(alert(notice)));
    return body.append(footer).toString();
  }

  private static Alert alert(Notice notice) {
    return Objects.requireNonNull(notice.alert());
  }

  private static boolean isProblem(Notice notice) {
    return !isClosed(alert(notice)) && !isCompletion(alert(notice));
  }

  private void part(
      StringBuilder body, String heading, List<Notice> notices, Predicate<Notice> which) {
    List<Notice> chosen = notices.stream().filter(which).toList();
    if (chosen.isEmpty()) {
      return;
    }
    body.append(heading).append("\n\n");
    for (Notice notice : chosen) {
      Alert alert = alert(notice);
      body.append(Lines.item(alert.text()));
      if (alert.since() != null && !isCompletion(alert)) {
        body.append("  since ").append(time(alert.since()));
        body.append(isClosed(alert) ? ", over at " + time(notice.queuedAt()) : "").append('\n');
      }
      body.append('\n');
    }
  }

  private String time(String iso) {
    return TIME.format(Instant.parse(iso).atZone(zone));
  }
}
