package model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes secrets from addresses in a text: user and password before the host, and the values of
 * query parameters whose names look like a token, key or password. The rest of the text is
 * unchanged.
 */
public final class Redactor {
  /** The replacement for a secret. */
  public static final String HIDDEN = "***";

  private static final Pattern USER =
      Pattern.compile("(https?:[/\\\\]*|//)[^/\\\\?#\\s]*@", Pattern.CASE_INSENSITIVE);

  /** Also after the percent-encoded question mark in an object's key. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "((?:[?&;]|%3F|%26)"
              + "(?:[\\w.~\\[\\]-]*(?:token|secret|passw|signature|credential|session|jwt|(?:api|access)[._-]?key)"
              + "[\\w.~\\[\\]-]*"
              + "|(?:[\\w.~\\[\\]-]*[._-])?(?:key|auth|sig|pwd|pass|sid)(?:[._-]?id)?)"
              + "=)([^&;#\\s\"'<>]+)",
          Pattern.CASE_INSENSITIVE);

  private Redactor() {}

  /** The text with a SHA-256 in place of each secret, so that two texts can be compared. */
  public static String fingerprint(String text) {
    return PARAMETER
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) + "sha256:" + Digests.sha256(found.group(2).getBytes(UTF_8))));
  }

  /** The text without secrets. */
  public static String redact(String text) {
    String shown = text.indexOf('@') < 0 ? text : USER.matcher(text).replaceAll("$1");
    return shown.indexOf('=') < 0 ? shown : PARAMETER.matcher(shown).replaceAll("$1" + HIDDEN);
  }
}
