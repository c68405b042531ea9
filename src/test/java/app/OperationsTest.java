package app;

import static org.assertj.core.api.Assertions.assertThat;

import audit.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import model.FailureReason;
import org.junit.jupiter.api.Test;
import scripts.ScriptStatus;
import scripts.WaitingReason;

/** {@code docs/operations.md}, where operators look up a word that the program shows. */
class OperationsTest {
  @Test
  void everyStateReasonAndFindingHasARowThatSaysWhatToDo() throws Exception {
    List<String> named =
        Files.readAllLines(Path.of("docs/operations.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.indexOf(" |", 1)))
            .toList();

    assertThat(
            Stream.of(
                    words(ScriptStatus.values(), ScriptStatus::word),
                    words(WaitingReason.values(), WaitingReason::word),
                    FailureReason.named().stream().map(FailureReason::word),
                    words(Finding.Kind.values(), Finding.Kind::word))
                .flatMap(Function.identity()))
        .allSatisfy(
            word -> assertThat(named).as(word).anyMatch(cell -> cell.contains("`" + word + "`")));
  }

  private static <T> Stream<String> words(T[] values, Function<T, String> word) {
    return Arrays.stream(values).map(word);
  }
}
