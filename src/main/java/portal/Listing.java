package portal;

import java.util.List;
import java.util.OptionalLong;

/**
 * A listing page as it was read.
 *
 * @param page its number, from 1
 * @param rows its rows in order, numbered from 1; empty only for a page after the last one
 * @param total the portal's total number of results; empty if it names none
 */
public record Listing(int page, List<Row> rows, OptionalLong total) {
  public Listing {
    rows = List.copyOf(rows);
  }
}
