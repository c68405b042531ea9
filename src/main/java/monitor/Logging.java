package monitor;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets up the log. Until {@link #toFiles} is called, nothing is logged. */
public final class Logging {
  private Logging() {}

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
