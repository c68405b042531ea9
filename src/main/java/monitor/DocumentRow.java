package monitor;

import ledger.UnstoredRow;
import org.jspecify.annotations.Nullable;
import pipeline.PagesInWork;
import store.ManifestRow;

/**
 * What a listing says about a document.
 *
 * @param page the page that lists it
 * @param row its position there, from 1; null if the page is not known any more
 * @param id its id
 * @param cnr null if the portal gives none
 * @param url null if the row has none
 * @param title null if the row has none
 */
public record DocumentRow(
    int page,
    @Nullable Integer row,
    String id,
    @Nullable String cnr,
    @Nullable String url,
    @Nullable String title) {
  static DocumentRow of(PagesInWork.Listed listed) {
    return new DocumentRow(
        listed.page(),
        listed.row().number(),
        listed.row().id(),
        listed.row().facts().get("cnr"),
        listed.row().url(),
        listed.row().facts().get("title"));
  }

  static DocumentRow of(int page, ManifestRow row) {
    return new DocumentRow(
        page, row.row(), row.id(), row.facts().get("cnr"), row.url(), row.facts().get("title"));
  }

  static DocumentRow of(UnstoredRow row) {
    return new DocumentRow(row.page(), row.row(), row.id(), null, row.url(), row.title());
  }
}
