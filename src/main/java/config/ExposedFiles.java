package config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.regex.Pattern;
import model.Redactor;

/** Finds configuration files whose secrets every user of the machine can read. */
final class ExposedFiles {
  /** A name and its value; files of properties allow a colon or a space between them, too. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^\\uFEFF?\\h*(?:export\\h+)?([\\w.-]+)(?:\\h*[=:]\\h*|\\h+(?![=:]))(\\S.*)$");

  /** Occurs in names of secrets that only other programs know. */
  private static final Pattern SECRET =
      Pattern.compile("key|secret|token|password", Pattern.CASE_INSENSITIVE);

  private ExposedFiles() {}

  /**
   * Whether others can read the file, and it holds a value that must not be shown.
   *
   * @param keys know which of theirs are secrets
   */
  static boolean isExposed(Path file, KnownKeys keys) {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null || !Files.isRegularFile(file)) {
      return false;
    }
    try {
      return view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)
          && LINE.matcher(Files.readString(file))
              .results()
              .anyMatch(line -> isSecret(line.group(1), line.group(2), keys));
    } catch (IOException unreadable) {
      return false; // loading it has already reported that
    }
  }

  private static boolean isSecret(String name, String value, KnownKeys keys) {
    return !Redactor.redact(value).equals(value)
        || keys.named(name).map(SettingKey::isSecret).orElseGet(() -> SECRET.matcher(name).find());
  }
}
