package cli;

import config.UsageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import model.FailureReason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The failures that a command applies to, by reason or by id. */
final class NamedFailures {
  /** A body of the API is limited, so many ids go in several calls. */
  private static final int MOST_CHARACTERS = 16_000;

  @Option(
      names = "--reason",
      paramLabel = "WORD",
      description = "Only documents that failed for this reason, such as timeout or http_500.")
  private @Nullable String reason;

  @Option(
      names = "--id",
      paramLabel = "ID",
      arity = "1..*",
      description = "Only these documents, by the id that failures prints.")
  private @Nullable List<String> ids;

  /**
   * Checks what was given.
   *
   * @throws UsageException if there is no such reason
   */
  void check(String command) {
    if (reason != null && FailureReason.of(reason).isEmpty()) {
      throw new UsageException(
          "%s: --reason: there is no reason \"%s\"; expected one of %s"
              .formatted(command, reason, FailureReason.allWords()));
    }
  }

  @Nullable String reason() {
    return reason;
  }

  @Nullable List<String> ids() {
    return ids;
  }

  /** The ids in batches that fit into a call; a single null batch if no ids are given. */
  List<@Nullable List<String>> batches() {
    if (ids == null) {
      return Collections.singletonList(null);
    }
    List<@Nullable List<String>> batches = new ArrayList<>();
    List<String> batch = new ArrayList<>();
    int characters = 0;
    for (String id : ids) {
      if (characters > 0 && characters + id.length() > MOST_CHARACTERS) {
        batches.add(batch);
        batch = new ArrayList<>();
        characters = 0;
      }
      batch.add(id);
      characters += id.length();
    }
    batches.add(batch);
    return batches;
  }
}
