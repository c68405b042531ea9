package config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.regex.Pattern;

/** Finds configuration files whose secrets every user of the machine can read. */
final class ExposedFiles {
  private static final Pattern SECRET =
      Pattern.compile("(?im)^[\\w. -]*(key|secret|token|password)[\\w.-]*\\h*[=:]\\h*\\S");

  private ExposedFiles() {}

  /** Whether others can read the file, and it holds something like a key or a password. */
  static boolean isExposed(Path file) {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null || !Files.isRegularFile(file)) {
      return false;
    }
    try {
      return view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)
          && SECRET.matcher(Files.readString(file)).find();
    } catch (IOException unreadable) {
      return false; // loading it has told that already
    }
  }
}
