package pipeline;

import model.web.WebAddress;
import portal.Row;

/**
 * A document of a page, to be stored in the bucket now.
 *
 * @param round the round that it belongs to
 * @param row its row on the page
 */
public record DocumentTask(Round round, Row row) {

  /** The page of the document. */
  Page page() {
    return round.page();
  }

  /** Identity: the key without its prefix. */
  public String id() {
    return row.id();
  }

  /** Whether it is stored, and only asked for again. */
  boolean isRefresh() {
    return page().isRefresh(id());
  }

  /** What to claim it by: {@link ClaimRepository}. */
  public String claim() {
    return isRefresh() ? ClaimRepository.STORED + id() : id();
  }

  /** The host that it is listed on. */
  WebAddress host() {
    return host(row);
  }

  /** The host that a document is listed on. */
  static WebAddress host(Row row) {
    return WebAddress.read(row.address()).orElseThrow().root();
  }

  /** Whether it should still be started. */
  public boolean isWanted() {
    return round.wantsMore();
  }
}
