package testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of Debian's package {@code prometheus}, which {@code ./harvester test} fetches. */
public final class Prometheus {
  private static final List<Path> FOLDERS =
      List.of(Path.of("target/prometheus/usr/bin"), Path.of("/usr/bin"), Path.of("/usr/local/bin"));

  private Prometheus() {}

  /** Its path; empty if it is not on this machine. */
  public static Optional<Path> program(String name) {
    return FOLDERS.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs promtool, which must be there. */
  public static ShellCommand promtool(String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(program("promtool").orElseThrow().toAbsolutePath().toString()));
    command.addAll(Stream.of(arguments).toList());
    return ShellCommand.run(Map.of(), command);
  }
}
