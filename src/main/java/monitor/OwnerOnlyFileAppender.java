package monitor;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import platform.OwnerOnly;

/**
 * Writes log files that only their owner can read. If a file cannot be opened, for example for lack
 * of file handles, it is opened later: Logback itself would never write to it again. Logback
 * creates this class by its name.
 */
public final class OwnerOnlyFileAppender extends RollingFileAppender<ILoggingEvent> {
  private volatile boolean isClosed;

  /** Called at the start, and for every new file after a rotation. */
  @Override
  public void openFile(String name) {
    try {
      Path file = Path.of(name);
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        OwnerOnly.folder(folder);
      }
      OwnerOnly.file(file);
      super.openFile(name);
      isClosed = false;
    } catch (IOException e) {
      addError("the log cannot be opened", e);
      setOutputStream(OutputStream.nullOutputStream());
      isClosed = true;
    }
  }

  @Override
  protected void subAppend(ILoggingEvent event) {
    if (isClosed) {
      reopen();
    }
    super.subAppend(event);
  }

  private synchronized void reopen() {
    if (isClosed) {
      openFile(getFile());
    }
  }
}
