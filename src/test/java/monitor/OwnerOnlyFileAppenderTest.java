package monitor;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyFileAppenderTest {
  @TempDir Path folder;

  @Test
  void theLogAndItsRotatedFilesBelongToTheirOwnerAlone() throws Exception {
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

  /** As without file handles, or on a disk without room for another file. */
  @Test
  void aLogThatCouldNotBeOpenedAfterARotationIsWrittenAgainWhenPossible() throws Exception {
    Path log = folder.resolve("logs/a.log");
    OwnerOnlyFileAppender appender = numbered(log);
    appender.doAppend(event("before"));
    assertThat(Files.readString(log)).contains("before");
    Path aside = Files.move(log.getParent(), folder.resolve("aside"));
    Files.writeString(log.getParent(), "not a folder");

    appender.rollover();
    appender.doAppend(event("lost"));
    Files.delete(log.getParent());
    Files.move(aside, log.getParent());
    appender.doAppend(event("kept"));
    appender.stop();

    assertThat(Files.readString(log)).contains("kept");
  }

  @Test
  void aLogThatCouldNotBeOpenedAtTheStartIsWrittenWhenPossible() throws Exception {
    Path log = folder.resolve("logs/a.log");
    Files.writeString(log.getParent(), "not a folder");
    OwnerOnlyFileAppender appender = numbered(log);
    appender.doAppend(event("lost"));

    Files.delete(log.getParent());
    appender.doAppend(event("kept"));
    appender.stop();

    assertThat(Files.readString(log)).contains("kept");
  }

  private static ILoggingEvent event(String words) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    return new LoggingEvent("", context.getLogger("a"), Level.INFO, words, null, null);
  }

  private static OwnerOnlyFileAppender numbered(Path log) {
    LoggerContext context = new LoggerContext();
    OwnerOnlyFileAppender appender = new OwnerOnlyFileAppender();
    appender.setContext(context);
    appender.setFile(log.toString());
    NumberedLogs rolling = new NumberedLogs();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setKept(2);
    rolling.start();
    appender.setRollingPolicy(rolling);
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.start();
    appender.setTriggeringPolicy(size);
    LineEncoder lines = new LineEncoder();
    lines.setContext(context);
    lines.start();
    appender.setEncoder(lines);
    appender.start();
    return appender;
  }
}
