package pipeline;

import portal.Row;

/**
 * One document of a page, to be brought into the bucket now.
 *
 * @param round the round that took it up
 * @param row its row on the page
 */
public record DocumentTask(Round round, Row row) {

  /** The page in work. */
  Page page() {
    return round.page();
  }

  /** Identity: the key without its prefix. */
  public String id() {
    return row.id();
  }

  /** Whether it is still to be begun. */
  public boolean isWanted() {
    return round.wantsMore();
  }
}
