package api.dto;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Failures as CSV (RFC 4180), with the API's names of the fields as the header. */
public final class FailureCsv {
  /** The first line, with its end. */
  public static final String HEADER =
      "script_id,id,page,row,url,title,state,reason,attempts,last_attempt,accepted_at,note\r\n";

  private static final Pattern TO_QUOTE = Pattern.compile("[\",\r\n]");

  private FailureCsv() {}

  /** A failure's line, with its end. */
  public static String line(Failure failure) {
    return Stream.of(
            failure.scriptId(),
            failure.id(),
            failure.page(),
            failure.row(),
            failure.url(),
            failure.title(),
            failure.state(),
            failure.reason(),
            failure.attempts(),
            failure.lastAttempt(),
            failure.acceptedAt(),
            failure.note())
        .map(value -> field(Objects.toString(value, "")))
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(String text) {
    return TO_QUOTE.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
