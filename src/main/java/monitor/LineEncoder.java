package monitor;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Pattern;
import model.LogContext;
import model.Redactor;

/**
 * Encodes one event as one line: time with zone, level, script, page and document if there are any,
 * and the message. Text from a portal cannot start a new line or control a terminal, and the
 * secrets in addresses are removed.
 */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  /** Control and format characters, line and paragraph separators. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

  private static final int LONGEST = 4000;

  private final ThrowableProxyConverter throwables = new ThrowableProxyConverter();
  private boolean stackTraces;

  /** Whether the stack trace of an exception is added to the line. */
  public void setStackTraces(boolean stackTraces) {
    this.stackTraces = stackTraces;
  }

  @Override
  public void start() {
    throwables.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    line.append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    line.append(String.format(" %-5s ", event.getLevel()));
    StringBuilder said = new StringBuilder(where(event.getMDCPropertyMap(), event));
    said.append(shortened(event.getFormattedMessage()));
    if (event.getThrowableProxy() != null) {
      said.append(": ");
      said.append(
          stackTraces
              ? throwables.convert(event)
              : shortened(event.getThrowableProxy().getMessage()));
    }
    line.append(clean(said)).append('\n');
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String where(Map<String, String> context, ILoggingEvent event) {
    String place = LogContext.describe(context);
    String logger = event.getLoggerName();
    return place.isEmpty() ? logger.substring(logger.lastIndexOf('.') + 1) + ": " : place + ": ";
  }

  private static String shortened(String text) {
    String known = String.valueOf(text);
    return known.length() <= LONGEST ? known : known.substring(0, LONGEST) + "…";
  }

  private static String clean(CharSequence said) {
    return Redactor.redact(UNSEEN.matcher(said).replaceAll(" ")).strip();
  }
}
