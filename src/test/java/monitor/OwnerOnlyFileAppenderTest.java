package monitor;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyFileAppenderTest {
  @TempDir Path folder;

  @Test
  void theLogAndTheFilesItIsRotatedToAreTheirOwnersAlone() throws Exception {
    LoggerContext context = new LoggerContext();
    OwnerOnlyFileAppender appender = new OwnerOnlyFileAppender();
    appender.setContext(context);
    appender.setFile(folder.resolve("logs/a.log").toString());
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(folder.resolve("logs/a.%i.log").toString());
    rolling.start();
    appender.setRollingPolicy(rolling);
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.start();
    appender.setTriggeringPolicy(size);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    appender.setEncoder(encoder);
    appender.start();

    appender.rollover();
    appender.rollover();
    appender.stop();

    for (String name : new String[] {"a.log", "a.1.log", "a.2.log"}) {
      assertThat(Files.getPosixFilePermissions(folder.resolve("logs").resolve(name)))
          .as(name)
          .isEqualTo(fromString("rw-------"));
    }
    assertThat(Files.getPosixFilePermissions(folder.resolve("logs")))
        .isEqualTo(fromString("rwx------"));
  }
}
