package ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The backups of the ledger in their folder. */
public final class Backups {
  private static final String NAME = "ledger-\\d{8}T\\d{6}Z\\.db";

  private Backups() {}

  /** The newest backup in a folder; empty if there is none. */
  public static Optional<Path> newest(Path folder) {
    List<Path> all = all(folder);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** The backups in a folder, oldest first. */
  static List<Path> all(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(NAME)).sorted().toList();
    } catch (IOException e) { // no folder yet
      return List.of();
    }
  }
}
