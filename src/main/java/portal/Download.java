package portal;

import java.nio.file.Path;

/**
 * A body that was received whole into a file.
 *
 * @param file where it lies
 * @param size its length in bytes
 * @param sha256 its digest, in lower-case hex
 */
public record Download(Path file, long size, String sha256) {}
