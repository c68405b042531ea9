package demo.ecourts;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a form, with the portal's validation.
 *
 * @param fields in order of arrival; of two with the same name, the later one
 */
record SubmittedForm(Map<String, String> fields) {
  /** The portal refuses the request; the message goes into {@code errormsg}. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /** Parses {@code a=1&b=2}; fields that cannot be decoded are ignored. */
  static SubmittedForm parse(String encoded) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : encoded.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        fields.put(decoded(parts[0]), decoded(parts[1]));
      }
    }
    return new SubmittedForm(Collections.unmodifiableMap(fields));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  boolean has(String name, String value) {
    return value.equals(fields.get(name));
  }

  /** The value of a field, or an empty string. */
  String text(String name) {
    return fields.getOrDefault(name, "");
  }

  /**
   * The value of a required field.
   *
   * @param regex what it must match as a whole
   * @throws RefusedException when it is missing or does not match
   */
  String matching(String name, String regex) {
    String value = fields.get(name);
    if (value == null || !value.matches(regex)) {
      throw new RefusedException("Invalid request: " + name);
    }
    return value;
  }

  /**
   * Requires a field to have this value.
   *
   * @throws RefusedException if it is missing or different
   */
  void require(String name, String value) {
    if (!has(name, value)) {
      throw new RefusedException("Invalid request: " + name);
    }
  }

  /**
   * A number of up to nine digits.
   *
   * @throws RefusedException if it is missing or not a number
   */
  int number(String name) {
    return Integer.parseInt(matching(name, "\\d{1,9}"));
  }

  /**
   * A day as {@code 31-12-2024}; empty when the field is.
   *
   * @throws RefusedException if it is missing or not a date
   */
  Optional<LocalDate> date(String name) {
    String value = matching(name, "(\\d\\d-\\d\\d-\\d{4})?");
    try {
      return value.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(value, RowHtml.DATE));
    } catch (DateTimeParseException noDay) {
      throw new RefusedException("Invalid request: " + name);
    }
  }
}
