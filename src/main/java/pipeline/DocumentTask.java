package pipeline;

import portal.Row;

/**
 * One document of a page, to be brought into the bucket now.
 *
 * @param page the page in work
 * @param row its row there
 */
public record DocumentTask(Page page, Row row) {

  /** Identity: the key without its prefix. */
  public String id() {
    return row.id();
  }

  /** Whether it is still to be begun. */
  public boolean isWanted() {
    return page.wantsMore();
  }
}
