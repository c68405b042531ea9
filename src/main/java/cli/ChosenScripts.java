package cli;

import config.UsageException;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The scripts that a command applies to: some by number, or all of the instance. */
final class ChosenScripts {
  @Parameters(paramLabel = "ID", description = "Numbers of the scripts.")
  private List<Integer> ids = List.of();

  @Option(names = "--all", description = "All scripts of the instance.")
  private boolean all;

  /**
   * Checks what was given.
   *
   * @throws UsageException if it is nothing, or both
   */
  void check(String command) {
    if (all != ids.isEmpty()) {
      throw new UsageException(
          all
              ? "%s: both --all and IDs are given; expected one of them".formatted(command)
              : "%s: no script is given; expected IDs, as in %1$s 3 4, or --all"
                  .formatted(command));
    }
  }

  boolean all() {
    return all;
  }

  /** Their numbers; empty if all are meant. */
  List<Integer> ids() {
    return ids;
  }
}
