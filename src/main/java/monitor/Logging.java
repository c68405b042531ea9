package monitor;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets up the log. Until {@link #toFiles} is called, nothing is logged. */
public final class Logging {
  private Logging() {}

  /**
   * Checks that log files in the folder can be written, as far as it exists; changes nothing. The
   * log itself cannot say that it is not written.
   *
   * @throws IOException if one cannot be written
   */
  public static void requireWritable(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    require(Files.isDirectory(folder) && Files.isWritable(folder), folder, "a writable folder");
    try (var files = Files.newDirectoryStream(folder, "*.log")) {
      for (Path file : files) {
        require(Files.isRegularFile(file) && Files.isWritable(file), file, "a writable file");
      }
    }
  }

  private static void require(boolean holds, Path path, String expected) throws IOException {
    if (!holds) {
      throw new IOException("the log needs \"%s\" to be %s".formatted(path, expected));
    }
  }

  /** Sends the log to files in the folder, which is created if missing. */
  public static void toFiles(Path folder) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.putProperty("logs", folder.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(Logging.class.getResource("/logback-instance.xml"));
    } catch (JoranException e) {
      throw new IllegalStateException("the log could not be set up", e);
    }
  }
}
