package config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets keys in a properties file that a person maintains: everything else in it stays as it is. */
public final class PropertiesFile {
  /** A line with its line break, and any lines that continue it after a backslash. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?:[^\\r\\n\\\\]|\\\\(?:\\r\\n|.|\\n))*+(?:\\r\\n|\\n|\\r|$)", Pattern.DOTALL);

  private static final Pattern SETTING =
      Pattern.compile(
          "(\\uFEFF?[ \\t\\f]*([^#!=: \\t\\f\\r\\n][^=: \\t\\f\\r\\n]*)(?:[ \\t\\f]*[=:]|[ \\t\\f])[ \\t\\f]*)"
              + "(.*?)([\\r\\n]*)",
          Pattern.DOTALL);

  private PropertiesFile() {}

  /**
   * Sets these keys: the last line of each gets the new value, and a key without a line gets one at
   * the end. The file is replaced as a whole, so that nobody reads half of it.
   *
   * @param file may be missing
   * @throws IOException if it cannot be read or written
   */
  public static void set(Path file, Map<String, String> values) throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    String text = Files.exists(real) ? Files.readString(real) : "";
    Path written = Files.createTempFile(real.getParent(), "." + real.getFileName(), null);
    try {
      Files.writeString(written, edited(text, values));
      keepRights(real, written);
      Files.move(
          written, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static void keepRights(Path from, Path to) throws IOException {
    if (Files.exists(from) && Files.getFileStore(from).supportsFileAttributeView("posix")) {
      Set<PosixFilePermission> rights =
          Files.getPosixFilePermissions(from, LinkOption.NOFOLLOW_LINKS);
      Files.setPosixFilePermissions(to, rights);
    }
  }

  static String edited(String text, Map<String, String> values) {
    List<String> lines = lines(text);
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    values.forEach((key, value) -> set(lines, key, value, end));
    return String.join("", lines);
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    Matcher matcher = LINE.matcher(text);
    while (matcher.find() && !matcher.group().isEmpty()) {
      lines.add(matcher.group());
    }
    return lines;
  }

  private static void set(List<String> lines, String key, String value, String end) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher setting = SETTING.matcher(lines.get(i));
      if (setting.matches() && setting.group(2).equals(key)) {
        lines.set(i, setting.group(1) + value + setting.group(4));
        return;
      }
    }
    if (!lines.isEmpty() && !lines.get(lines.size() - 1).endsWith("\n")) {
      lines.add(end);
    }
    lines.add("%s = %s%s".formatted(key, value, end));
  }
}
