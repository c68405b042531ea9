package monitor;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    List<String> lines = tail(folder.resolve(script + ".log"), count);
    if (lines.size() < count) {
      List<String> both =
          new ArrayList<>(tail(folder.resolve(script + ".1.log"), count - lines.size()));
      both.addAll(lines);
      return both;
    }
    return lines;
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
