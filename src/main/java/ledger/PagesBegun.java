package ledger;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import model.PageState;

/**
 * Requests for pages since work on them began. If a page is reopened while it is in progress, its
 * listing is older than the request, so it must not count as complete when it is closed. Kept in
 * memory, because a page that a crash interrupts is begun again.
 *
 * <p>Whatever reopens pages reports it twice: when it is written, for pages that are closed in the
 * same transaction, and when it is on disk, for pages that were begun in between and did not see
 * it. Thread-safe.
 */
final class PagesBegun {
  /** The state that each page will have when it is closed, unless it has changed in other ways. */
  private final Map<Integer, PageState> states = new ConcurrentHashMap<>();

  /** Work on the page begins; requests from now on come too late for that work. */
  void begin(int page) {
    states.put(page, PageState.COMPLETE);
  }

  /** All pages of this range are to be listed again. */
  void reopen(int first, int last) {
    states.replaceAll((page, state) -> page < first || page > last ? state : PageState.OPEN);
  }

  /** Documents of these pages are to be tried again. */
  void retry(Collection<Integer> pages) {
    pages.forEach(page -> states.replace(page, PageState.COMPLETE, PageState.RETRY));
  }

  /** Work on the page ends; returns the state that it has then. */
  PageState end(int page) {
    PageState state = states.remove(page);
    return state == null ? PageState.COMPLETE : state;
  }
}
