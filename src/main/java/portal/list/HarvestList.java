package portal.list;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import model.Distribution;
import platform.OwnerOnly;

/** A list that is kept in a folder, of which any page can be read without the others. */
public final class HarvestList {
  private static final String NAME = "list.json";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final Content content;

  /**
   * What is known of it.
   *
   * @param name where it came from, in the words of the configuration
   * @param pageSize records of a page
   * @param sha256 of its bytes, unpacked
   * @param records how many
   * @param columns of CSV; none for JSON lines
   */
  record Content(
      String name,
      @JsonProperty("page_size") int pageSize,
      String sha256,
      long records,
      List<String> columns) {
    private String file(String kind) {
      return "%s-%d.%s".formatted(sha256.substring(0, 16), pageSize, kind);
    }
  }

  private HarvestList(Path folder, Content content) {
    this.folder = folder;
    this.content = content;
  }

  /**
   * The list that is kept in a folder; empty if there is none.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static Optional<HarvestList> in(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      HarvestList list = new HarvestList(folder, JSON.readValue(file.toFile(), Content.class));
      return Optional.of(list)
          .filter(kept -> Files.isRegularFile(kept.records()))
          .filter(kept -> Files.isRegularFile(kept.pages()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Keeps a list in place of the one before.
   *
   * @param records the copy of it, which is moved
   * @param pages the beginnings of its pages, which are moved
   */
  static HarvestList keep(Path folder, Content content, Path records, Path pages)
      throws IOException {
    HarvestList list = new HarvestList(folder, content);
    Files.move(records, list.records(), StandardCopyOption.ATOMIC_MOVE);
    Files.move(pages, list.pages(), StandardCopyOption.ATOMIC_MOVE);
    Path next = folder.resolve(NAME + ".next");
    OwnerOnly.file(next);
    JSON.writeValue(next.toFile(), content);
    Files.move(next, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    try (DirectoryStream<Path> others =
        Files.newDirectoryStream(folder, "*.{records,pages,taken}")) {
      for (Path other : others) {
        if (!List.of(list.records(), list.pages(), list.taken()).contains(other)) {
          Files.delete(other);
        }
      }
    }
    return list;
  }

  private Path records() {
    return folder.resolve(content.file("records"));
  }

  private Path pages() {
    return folder.resolve(content.file("pages"));
  }

  /** Where {@link TakenKeys} keeps what it has found in this list. */
  Path taken() {
    return folder.resolve(content.file("taken"));
  }

  Path folder() {
    return folder;
  }

  /** For a list that nothing else keeps. */
  void deleteOnExit() {
    List.of(folder.resolve(NAME), records(), pages(), taken())
        .forEach(file -> file.toFile().deleteOnExit());
  }

  Content content() {
    return content;
  }

  /** The number of records. */
  public long total() {
    return content.records();
  }

  /** The number of pages. */
  public int lastPage() {
    return Distribution.pagesFor(content.records(), content.pageSize());
  }

  /**
   * Whether any record may have this field; some that have the word elsewhere count, too.
   *
   * @throws UncheckedIOException if the list cannot be read
   */
  boolean mayName(String field) {
    if (!content.columns().isEmpty()) {
      return content.columns().contains(field);
    }
    String quoted = "\"" + field + "\"";
    try (Stream<String> lines = Files.lines(records(), StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> line.toLowerCase(Locale.ROOT).contains(quoted));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The records of a page, in order; none for a page after the last one.
   *
   * @param page from 1
   * @throws UncheckedIOException if they cannot be read
   */
  public List<ListRecord> page(int page) {
    if (page > lastPage()) {
      return List.of();
    }
    try (RandomAccessFile index = new RandomAccessFile(pages().toFile(), "r");
        RandomAccessFile list = new RandomAccessFile(records().toFile(), "r")) {
      index.seek((page - 1L) * Long.BYTES);
      long begin = index.readLong();
      byte[] bytes = new byte[Math.toIntExact(index.readLong() - begin)];
      list.seek(begin);
      list.readFully(bytes);
      return read(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ListRecord> read(byte[] bytes) {
    ListFormat format = new ListFormat(content.columns());
    RecordEnds ends = new RecordEnds(format.isCsv());
    List<ListRecord> found = new ArrayList<>();
    int begin = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (ends.endsAt(bytes[at]) || at == bytes.length - 1) {
        if (ends.takeContent()) {
          String text = new String(bytes, begin, at + 1 - begin, StandardCharsets.UTF_8);
          found.add(format.read(text.stripTrailing()));
        }
        begin = at + 1;
      }
    }
    return found;
  }
}
