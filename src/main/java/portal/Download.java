package portal;

import java.nio.file.Path;

/**
 * A body that was received completely, in a file.
 *
 * @param file the file
 * @param size length in bytes
 * @param sha256 digest, in lower-case hex
 */
public record Download(Path file, long size, String sha256) {}
