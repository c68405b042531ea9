package model;

import java.util.Map;
import java.util.StringJoiner;
import org.slf4j.MDC;

/**
 * What a line of the log belongs to, kept with the thread (MDC): the script decides in which file
 * it lands, page and document stand in the line.
 */
public final class LogContext {
  private static final String SCRIPT = "script";
  private static final String PAGE = "page";
  private static final String DOCUMENT = "document";

  private LogContext() {}

  /** The thread works for this script from now on, on no page yet. */
  public static void script(int id) {
    MDC.put(SCRIPT, Script.name(id));
    MDC.remove(PAGE);
    MDC.remove(DOCUMENT);
  }

  /** The thread works on this page, on no document yet. */
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

  /** As a line names it: {@code script-05 page 17 doc/17.pdf}; empty when there is nothing. */
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

  /** The thread works for nobody in particular. */
  public static void clear() {
    MDC.remove(SCRIPT);
    MDC.remove(PAGE);
    MDC.remove(DOCUMENT);
  }
}
