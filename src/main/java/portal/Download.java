package portal;

import java.nio.file.Path;
import java.util.Optional;
import model.Validators;

/**
 * A body that was received completely, in a file.
 *
 * @param file the file
 * @param size length in bytes
 * @param sha256 digest, in lower-case hex
 * @param defect what is wrong with it although it is what the portal has; empty if nothing is
 * @param validators what the portal said of this version
 */
public record Download(
    Path file, long size, String sha256, Optional<String> defect, Validators validators) {
  /** A PDF without its end. */
  public static final String NO_EOF = "no_eof";

  /** A body without known defects. */
  public Download(Path file, long size, String sha256) {
    this(file, size, sha256, Optional.empty(), Validators.NONE);
  }

  /** The same body, which the portal has without its end. */
  public Download withoutEnd() {
    return new Download(file, size, sha256, Optional.of(NO_EOF), validators);
  }
}
