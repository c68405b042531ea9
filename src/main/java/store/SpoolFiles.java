package store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import platform.OwnerOnly;

/**
 * The files of documents in transit. Creating and deleting a file costs far more than writing it,
 * so while other documents are in transit, the file of a finished document is truncated and reused,
 * under a new name, for a later one. When nothing is in transit, no file is left. Thread-safe.
 */
public final class SpoolFiles {
  /**
   * How much of its content a spare file keeps. If a file is truncated to zero and then rewritten,
   * ext4 assumes that it must not be lost, and flushes it to the disk when it is closed.
   */
  private static final int KEPT_BYTES = 1;

  private final Set<Path> used = new HashSet<>();
  private final Deque<Path> spares = new ArrayDeque<>();

  /** Creates a file that only its owner can read; an earlier one with its name is replaced. */
  public OutputStream create(Path file) throws IOException {
    Path spare = spare(file);
    if (spare != null) {
      try {
        Files.move(spare, file, StandardCopyOption.ATOMIC_MOVE);
        return new Rewriting(OwnerOnly.reopen(file));
      } catch (IOException e) {
        // somebody else has changed it: create the file instead, or fail with what is wrong with
        // the disk
      }
    }
    try {
      return OwnerOnly.create(file);
    } catch (FileAlreadyExistsException e) {
      Files.delete(file);
      return OwnerOnly.create(file);
    }
  }

  private synchronized @Nullable Path spare(Path file) {
    used.add(file);
    return spares.poll();
  }

  /** Gives a file another name. */
  public void move(Path from, Path to) throws IOException {
    synchronized (this) {
      used.remove(from);
      used.add(to);
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes a file, if it exists, or makes it a spare one. */
  public void delete(Path file) throws IOException {
    if (!isLast(file) && cut(file) && keep(file)) {
      return;
    }
    Files.deleteIfExists(file);
    for (Path spare : unneeded()) {
      Files.deleteIfExists(spare);
    }
  }

  /** Whether no other file is in use, or this one was not created here. */
  private synchronized boolean isLast(Path file) {
    return !used.remove(file) || used.isEmpty();
  }

  private static boolean cut(Path file) {
    try (FileChannel channel = OwnerOnly.reopen(file)) {
      channel.truncate(KEPT_BYTES);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized boolean keep(Path file) {
    return !used.isEmpty() && spares.add(file);
  }

  private synchronized List<Path> unneeded() {
    if (!used.isEmpty()) {
      return List.of();
    }
    List<Path> all = List.copyOf(spares);
    spares.clear();
    return all;
  }

  /** Writes over a spare file; one that gets no content is empty in the end. */
  private static final class Rewriting extends OutputStream {
    private final FileChannel channel;

    private Rewriting(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, from, count);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    @Override
    public void close() throws IOException {
      try (channel) {
        if (channel.isOpen() && channel.position() < KEPT_BYTES) {
          channel.truncate(channel.position());
        }
      }
    }
  }
}
