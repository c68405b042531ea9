package portal;

import java.util.List;
import java.util.OptionalLong;

/**
 * One listing page as it was read.
 *
 * @param page its number, from 1
 * @param rows its rows in their order, numbered from 1; empty only for a page behind the last
 * @param total number of results that the portal names; empty when it names none
 */
public record Listing(int page, List<Row> rows, OptionalLong total) {
  public Listing {
    rows = List.copyOf(rows);
  }
}
