package model;

import java.util.regex.Pattern;

/**
 * Takes the secrets out of addresses in a text that is shown: the user and password before the
 * host, and values of query parameters whose name says token, key, password or the like. The rest
 * of the text stays as it is.
 */
public final class Redactor {
  private static final String HIDDEN = "***";

  private static final Pattern USER = Pattern.compile("//[^/?#@\\s]*@");

  /** Also behind the percent-encoded question mark of an object's key. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "((?:[?&;]|%3F|%26)"
              + "(?:[\\w.~\\[\\]-]*(?:token|secret|passw|signature|credential|session|jwt|(?:api|access)[._-]?key)"
              + "[\\w.~\\[\\]-]*"
              + "|(?:[\\w.~\\[\\]-]*[._-])?(?:key|auth|sig|pwd|pass|sid)(?:[._-]?id)?)"
              + "=)[^&;#\\s\"'<>]+",
          Pattern.CASE_INSENSITIVE);

  private Redactor() {}

  /** The text without secrets. */
  public static String redact(String text) {
    String shown = text.indexOf('@') < 0 ? text : USER.matcher(text).replaceAll("//");
    return shown.indexOf('=') < 0 ? shown : PARAMETER.matcher(shown).replaceAll("$1" + HIDDEN);
  }
}
