package portal.opendata;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import model.Digests;
import org.jspecify.annotations.Nullable;
import portal.Download;
import portal.SpoolException;
import store.Spool;
import store.SpoolFiles;
import store.SpoolRoom;

/** The members of the page in work, in the spool until they are fetched. Thread-safe. */
final class SpooledMembers implements PartWalk.Keeper {
  private static final int BUFFER = 16 * 1024;

  private final Spool spool;
  private final SpoolRoom room;
  private final long largest;
  private final Map<Path, Download> kept = new HashMap<>();

  /**
   * @param largest the longest document that is fetched at all
   */
  SpooledMembers(Spool spool, SpoolRoom room, long largest) {
    this.spool = spool;
    this.room = room;
    this.largest = Math.min(largest, room.most());
  }

  @Override
  public @Nullable Path keep(String name, long size, InputStream content) throws IOException {
    Path file = spool.newFile();
    if (size > largest || !room.tryKeep(file, size)) {
      return null;
    }
    boolean complete = false;
    try {
      Download download = copy(content, file, spool.files());
      room.has(file, download.size());
      synchronized (this) {
        kept.put(file, download);
      }
      complete = true;
      return file;
    } finally {
      if (!complete) {
        delete(file);
      }
    }
  }

  /** Copies a body into a file, hashing it on the way. */
  static Download copy(InputStream content, Path file, SpoolFiles files) throws IOException {
    MessageDigest sha256 = Digests.sha256();
    long size = 0;
    try (OutputStream out = create(file, files)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        size += n;
        sha256.update(buffer, 0, n);
        write(out, buffer, n);
      }
    }
    return new Download(file, size, HexFormat.of().formatHex(sha256.digest()));
  }

  private static OutputStream create(Path file, SpoolFiles files) {
    try {
      return files.create(file); // in place of an earlier try
    } catch (IOException e) {
      throw new SpoolException(e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int n) {
    try {
      out.write(buffer, 0, n);
    } catch (IOException e) {
      throw new SpoolException(e); // caused by the disk, not by the source
    }
  }

  /** Hands a member over, in the file that it is wanted in; empty if it is not here any more. */
  Optional<Download> handOver(@Nullable Path from, Path to) {
    Download download;
    synchronized (this) {
      download = from == null ? null : kept.remove(from);
    }
    if (download == null || from == null) {
      return Optional.empty();
    }
    try {
      spool.files().move(from, to);
    } catch (IOException e) {
      room.free(from);
      throw new SpoolException(e);
    }
    room.moved(from, to);
    return Optional.of(new Download(to, download.size(), download.sha256()));
  }

  /** Deletes what was not fetched. */
  void clear() {
    Map<Path, Download> left;
    synchronized (this) {
      left = new HashMap<>(kept);
      kept.clear();
    }
    left.keySet().forEach(this::delete);
  }

  private void delete(Path file) {
    spool.delete(file);
    room.free(file);
  }
}
