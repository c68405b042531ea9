package alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertFileTest {
  private static final String EMPTY =
      "{'open':[],'completions':[],'mail':[],'webhook':[],'digestOn':null,'digested':null}";

  @TempDir Path folder;

  private AlertState read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("alerts.json"), text.replace('\'', '"'));
    return new AlertFile(file).read();
  }

  /** Otherwise it would keep an instance from starting, or its alerts from being sent. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "'digestOn':'yesterday'",
        "'digested':{'at':'x','stored':1,'bytes':1,'pages':1}",
        "'mail':[{'queuedAt':'x','digest':'a'}]",
        "'mail':[{'queuedAt':'2026-11-27T01:30:00Z'}]",
        "'webhook':[null]",
        "'open':[{'key':'disk','kind':'disk','who':'','since':'x','told':'2026-11-27T01:30:00Z'}]",
        "'open':[{'kind':'disk','who':'','since':'2026-11-27T01:30:00Z','told':'2026-11-27T01:30:00Z'}]"
      })
  void aDamagedFileCountsAsMissing(String damage) throws Exception {
    String name = damage.replaceFirst(":.*", "");
    String text =
        damage.startsWith("'") ? EMPTY.replaceFirst(name + ":(null|\\[])", damage) : damage;

    assertThat(read(text)).isEqualTo(AlertState.NONE);
  }

  @Test
  void unsentNoticesAreReadAgainEvenForOnlySomeRecipients() throws Exception {
    Path file = folder.resolve("alerts.json");
    Notice digest = new Notice("2026-11-27T01:30:00Z", null, false, "digest");
    AlertState kept =
        new AlertState(
            List.of(),
            List.of(),
            List.of(digest, digest.onlyTo(List.of("b@example.org"))),
            List.of(),
            "2026-11-27",
            null);

    new AlertFile(file).write(kept);

    assertThat(new AlertFile(file).read()).isEqualTo(kept);
  }
}
