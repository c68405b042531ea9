package monitor;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import model.OwnerOnly;

/**
 * Writes log files that only their owner can read. A file that cannot be opened, for want of file
 * handles, say, is opened when it can: Logback itself would write no line any more. Logback creates
 * it by its class name.
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
