package portal.list;

import java.util.Map;
import java.util.Optional;

/**
 * One record of a list.
 *
 * @param fields by lower-case name, none of them blank; none at all if the record cannot be read
 * @param raw its text
 */
public record ListRecord(Map<String, String> fields, String raw) {

  /** The value of a field; empty if the record does not have it. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }
}
