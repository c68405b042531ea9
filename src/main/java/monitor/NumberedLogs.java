package monitor;

import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.RolloverFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Keeps older log files as {@code instance.1.log}, {@code instance.2.log} and so on. Unlike
 * Logback's own policy, it reads no patterns in the name of the folder. Logback creates this class
 * by its name.
 */
public final class NumberedLogs extends RollingPolicyBase {
  private static final String END = ".log";

  private int kept;

  /** How many older files are kept. */
  public void setKept(int kept) {
    this.kept = kept;
  }

  @Override
  public void rollover() throws RolloverFailure {
    try {
      for (int number = kept; number > 0; number--) {
        Path file = file(number - 1);
        if (Files.exists(file)) {
          Files.move(file, file(number), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new RolloverFailure("the log could not be kept", e);
    }
  }

  private Path file(int number) {
    String name = getActiveFileName();
    return Path.of(
        number == 0 ? name : name.substring(0, name.length() - END.length()) + "." + number + END);
  }

  @Override
  public String getActiveFileName() {
    return getParentsRawFileProperty();
  }
}
