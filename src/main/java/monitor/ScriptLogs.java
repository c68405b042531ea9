package monitor;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the last lines of a script's log, from the current file and its predecessor. */
public final class ScriptLogs {
  private static final int BLOCK = 64 * 1024;

  private final Path folder;

  /**
   * @param folder contains {@code script-05.log} and the older {@code script-05.1.log}
   */
  public ScriptLogs(Path folder) {
    this.folder = folder;
  }

  /**
   * @param script name of the script, such as {@code script-05}
   * @return oldest first; empty if nothing was logged
   */
  public List<String> last(String script, int count) throws IOException {
    Path current = folder.resolve(script + ".log");
    while (true) {
      Object file = identity(current);
      try {
        List<String> lines = last(current, folder.resolve(script + ".1.log"), count);
        if (Objects.equals(file, identity(current))) {
          return lines;
        }
      } catch (IOException e) {
        if (Objects.equals(file, identity(current))) {
          throw e;
        }
      }
      // the files were rotated meanwhile: one was gone, or was read twice
    }
  }

  /** What a file keeps under another name; null if there is none. */
  private static @Nullable Object identity(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static List<String> last(Path current, Path older, int count) throws IOException {
    List<String> lines = tail(current, count);
    if (lines.size() == count) {
      return lines;
    }
    List<String> both = new ArrayList<>(tail(older, count - lines.size()));
    both.addAll(lines);
    return both;
  }

  private static List<String> tail(Path file, int count) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long end = in.length();
      long begin = beginOfLast(in, end, count);
      byte[] bytes = new byte[(int) (end - begin)];
      in.seek(begin);
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** The start of the last {@code count} lines; the last byte of the file ends a line. */
  private static long beginOfLast(RandomAccessFile in, long end, int count) throws IOException {
    int ends = 0;
    byte[] block = new byte[BLOCK];
    for (long from = end; from > 0; ) {
      int length = (int) Math.min(BLOCK, from);
      from -= length;
      in.seek(from);
      in.readFully(block, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (block[i] == '\n' && ++ends > count) {
          return from + i + 1;
        }
      }
    }
    return 0;
  }
}
