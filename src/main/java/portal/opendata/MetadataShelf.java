package portal.opendata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import model.Digests;
import model.StopSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.OwnerOnly;
import store.SourceObject;

/**
 * The metadata of the partitions in progress, each read once for all scripts of this instance and
 * deleted when no script works on it any more.
 */
final class MetadataShelf {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataShelf.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
  private static final String END = ".db";

  private final Path folder;
  private final Map<String, Book> books = new HashMap<>();

  /** The metadata of one partition. */
  private static final class Book {
    private final ReentrantLock reading = new ReentrantLock();
    private int users;
    private @Nullable MetadataFile file;
    private @Nullable Path path;
  }

  MetadataShelf(Path folder) {
    this.folder = folder;
  }

  /**
   * The metadata of a slice's partition, read from the source if necessary. Must be {@link
   * #giveBack given back}.
   */
  MetadataFile take(Slice slice, MetadataReader reader, StopSignal stop) {
    Book book = register(slice.partition());
    boolean done = false;
    try {
      lock(book.reading, stop);
      try {
        if (book.file == null) {
          book.file = open(slice, reader, book);
        }
        done = true;
        return book.file;
      } finally {
        book.reading.unlock();
      }
    } finally {
      if (!done) {
        giveBack(slice.partition());
      }
    }
  }

  private static void lock(ReentrantLock lock, StopSignal stop) {
    try {
      while (!lock.tryLock(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        stop.throwIfStopped();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private synchronized Book register(String partition) {
    Book book = books.computeIfAbsent(partition, any -> new Book());
    book.users++;
    return book;
  }

  private MetadataFile open(Slice slice, MetadataReader reader, Book book) {
    List<SourceObject> parts = reader.parts(slice);
    Path path = folder.resolve(name(slice.partition(), parts));
    place(book, path);
    create();
    MetadataFile file = MetadataFile.open(path);
    try {
      if (!file.isDone()) {
        LOG.info("reads the metadata of {}", slice.partition());
        file.fill(rows -> reader.read(parts, rows));
      }
      return file;
    } catch (IOException e) {
      file.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      file.close();
      MetadataFile.delete(path);
      throw e;
    }
  }

  /** Between two tidyings, so that none deletes a file that it did not know to be used. */
  private synchronized void place(Book book, Path path) {
    book.path = path;
  }

  private void create() {
    try {
      OwnerOnly.folder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One for each version of the metadata, so that an old one is never taken for the new. */
  private static String name(String partition, List<SourceObject> parts) {
    byte[] version = (partition + parts).getBytes(StandardCharsets.UTF_8);
    return partition.replaceAll("[^A-Za-z0-9]+", "-")
        + "-"
        + Digests.sha256(version).substring(0, 16)
        + END;
  }

  /** The partition is done for one who has taken its metadata. */
  synchronized void giveBack(String partition) {
    Book book = books.get(partition);
    if (book != null && --book.users == 0) {
      books.remove(partition);
      if (book.file != null) {
        book.file.close();
      }
      deleteUnused();
    }
  }

  /** Also what an earlier run has left. */
  private void deleteUnused() {
    List<Path> used =
        books.values().stream().flatMap(book -> Stream.ofNullable(book.path)).toList();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + END)) {
      for (Path file : files) {
        if (!used.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      LOG.warn("{} could not be tidied: {}", folder, e.getMessage());
    }
  }
}
