package model;

import java.util.Map;
import java.util.StringJoiner;
import org.slf4j.MDC;

/**
 * What a log line belongs to, kept per thread (MDC). The script selects the log file; page and
 * document are part of the line.
 */
public final class LogContext {
  private static final String SCRIPT = "script";
  private static final String PAGE = "page";
  private static final String DOCUMENT = "document";

  private LogContext() {}

  /** The thread works for this script from now on, but on no page yet. */
  public static void script(int id) {
    MDC.put(SCRIPT, Script.name(id));
    MDC.remove(PAGE);
    MDC.remove(DOCUMENT);
  }

  /** The thread works on this page, but on no document yet. */
  public static void page(int number) {
    MDC.put(PAGE, String.valueOf(number));
    MDC.remove(DOCUMENT);
  }

  /** The thread works on this document. */
  public static void document(String id) {
    MDC.put(DOCUMENT, id);
  }

  /** Whether a line with this context belongs to a script. */
  public static boolean isOfAScript(Map<String, String> context) {
    return context.containsKey(SCRIPT);
  }

  /** The context as text: {@code script-05 page 17 doc/17.pdf}; empty if there is none. */
  public static String describe(Map<String, String> context) {
    StringJoiner text = new StringJoiner(" ");
    text.setEmptyValue("");
    if (context.containsKey(SCRIPT)) {
      text.add(context.get(SCRIPT));
    }
    if (context.containsKey(PAGE)) {
      text.add("page " + context.get(PAGE));
    }
    if (context.containsKey(DOCUMENT)) {
      text.add(context.get(DOCUMENT));
    }
    return text.toString();
  }

  /** The thread no longer works for a script. */
  public static void clear() {
    MDC.remove(SCRIPT);
    MDC.remove(PAGE);
    MDC.remove(DOCUMENT);
  }
}
