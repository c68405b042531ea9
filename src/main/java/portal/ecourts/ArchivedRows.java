package portal.ecourts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import model.FailureReason;
import model.web.WebAddress;
import portal.Address;
import portal.Identity;
import portal.Row;

/** Reads rows of the portal that somebody else has kept, each with the path of its document. */
public final class ArchivedRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NUMBER = 1;

  private final URI base;
  private final Identity identity;
  private final EcourtsRows rows;

  /**
   * @param base address of the search page, with a slash at its end
   * @param maxIdLength longest identity of a document, in bytes
   */
  public ArchivedRows(URI base, int maxIdLength) {
    this.base = base;
    this.identity = new Identity(base, List.of(), maxIdLength);
    this.rows = new EcourtsRows(base, EcourtsSettings.EVERYTHING, identity);
  }

  /**
   * Reads a row. Whatever stands in it, the path names its document.
   *
   * @param path the argument of the portal's {@code open_pdf}; empty if it was not kept
   * @param html the row as the portal wrote it; empty if it was not kept
   * @return row number 1; empty if nothing can be read from it
   */
  public Optional<Row> read(String path, String html) {
    Optional<Row> row = row(html);
    boolean isKnown =
        row.filter(known -> known.rejection() != FailureReason.UNREADABLE).isPresent();
    if (row.isPresent() && isKnown && (path.isBlank() || !row.get().isFetchable())) {
      return row; // withheld rows have no path
    }
    Map<String, String> facts = new LinkedHashMap<>(row.map(Row::facts).orElse(Map.of()));
    facts.remove("raw");
    return document(path).map(at -> new Row(NUMBER, at.id(), at.uri().toString(), null, facts));
  }

  /** The id of the document at an address, if rows have it there. */
  public Optional<String> idOf(WebAddress address) {
    return EcourtsDocument.idAt(address, base, identity);
  }

  private Optional<Address> document(String path) {
    String own = path.split("#", 2)[0].strip();
    return own.isEmpty()
        ? Optional.empty()
        : new EcourtsDocument("0", "", own, null).address(base, identity);
  }

  private Optional<Row> row(String html) {
    if (html.isBlank()) {
      return Optional.empty();
    }
    ArrayNode cells = JSON.createArrayNode();
    cells.addArray().add("1").add(html);
    try {
      return Optional.of(rows.read(cells).get(0).row());
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty(); // hostile markup; the path says where the document is
    }
  }
}
