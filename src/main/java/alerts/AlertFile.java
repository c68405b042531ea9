package alerts;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.OwnerOnly;

/** Keeps the {@link AlertState} in a file that only its owner can read. */
final class AlertFile {
  private static final Logger LOG = LoggerFactory.getLogger(AlertFile.class);
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path file;
  private boolean isBroken;

  AlertFile(Path file) {
    this.file = file;
  }

  /**
   * The state that was saved last; {@link AlertState#NONE} if there is none, or it cannot be read.
   */
  AlertState read() {
    if (!Files.exists(file)) {
      return AlertState.NONE;
    }
    try {
      AlertState kept = JSON.readValue(file.toFile(), AlertState.class);
      return kept == null ? AlertState.NONE : kept; // a file may hold the word null
    } catch (IOException e) {
      LOG.warn("{} cannot be read, so that alerts may be told again: {}", file, e.getMessage());
      return AlertState.NONE;
    }
  }

  /** A full disk, for example, does not keep alerts from being sent. */
  synchronized void write(AlertState state) {
    Path written = file.resolveSibling(file.getFileName() + ".next");
    try {
      OwnerOnly.file(written);
      JSON.writeValue(written.toFile(), state);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      isBroken = false;
    } catch (IOException e) {
      if (!isBroken) {
        LOG.warn("{} cannot be written, so that a restart forgets alerts: {}", file, e.toString());
      }
      isBroken = true;
    }
  }
}
