package portal.opendata.tar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of an extended header of pax: {@code length name=value}, each in a line. */
final class PaxFields {
  private final Map<String, String> values = new HashMap<>();

  /** The holes as GNU tar 1.14 and 1.15 wrote them: pairs of fields. */
  private final List<Long> pairs = new ArrayList<>();

  void read(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int space = at;
      while (space < bytes.length && bytes[space] != ' ') {
        space++;
      }
      String digits = new String(bytes, at, space - at, StandardCharsets.US_ASCII);
      int length = digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
      if (length <= space - at + 1 || at + length > bytes.length) {
        return; // nothing readable follows
      }
      String field = new String(bytes, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
      int equals = field.indexOf('=');
      if (equals > 0) {
        put(field.substring(0, equals), field.substring(equals + 1));
      }
      at += length;
    }
  }

  private void put(String name, String value) {
    if (name.equals("GNU.sparse.offset") || name.equals("GNU.sparse.numbytes")) {
      number0(value).ifPresent(pairs::add);
    } else {
      values.put(name, value);
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  Optional<Long> number(String... names) {
    for (String name : names) {
      Optional<Long> number = text(name).flatMap(PaxFields::number0);
      if (number.isPresent()) {
        return number;
      }
    }
    return Optional.empty();
  }

  private static Optional<Long> number0(String text) {
    return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  /** Where data lies in a file with holes: offset, length, offset, length …; empty if unknown. */
  List<Long> dataMap() {
    List<Long> map = new ArrayList<>(pairs);
    text("GNU.sparse.map")
        .ifPresent(
            text -> {
              for (String each : text.split(",")) {
                number0(each).ifPresent(map::add);
              }
            });
    return map;
  }

  /** Whether the map of the holes stands before the data. */
  boolean hasMapInData() {
    return text("GNU.sparse.major").filter("1"::equals).isPresent();
  }
}
