package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.ShellCommand;

/** {@code ./harvester}, where it does not run the program. */
class HarvesterScriptIT {
  @ParameterizedTest
  @ValueSource(strings = {"--unti", "unit"})
  void aMisspelledOptionOfTestIsReportedInOneLineBeforeAnythingIsInstalled(String option)
      throws Exception {
    ShellCommand test = ShellCommand.run(Map.of(), List.of("./harvester", "test", option));

    assertThat(test.exitCode()).isEqualTo(2);
    assertThat(test.stdout()).isEmpty();
    assertThat(test.stderr().strip())
        .isEqualTo(
            "test: \"%s\" is not an option; expected none, --unit, --seeds N or --seed N"
                .formatted(option));
  }
}
