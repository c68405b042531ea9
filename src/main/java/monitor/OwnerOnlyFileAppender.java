package monitor;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.Path;
import model.OwnerOnly;

/** Writes log files that only their owner can read. Logback creates it by its class name. */
public final class OwnerOnlyFileAppender extends RollingFileAppender<ILoggingEvent> {
  /** Called at the start, and for every new file after a rotation. */
  @Override
  public void openFile(String name) throws IOException {
    Path file = Path.of(name);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      OwnerOnly.folder(folder);
    }
    OwnerOnly.file(file);
    super.openFile(name);
  }
}
