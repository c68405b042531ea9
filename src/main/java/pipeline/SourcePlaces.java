package pipeline;

import ledger.Documents;
import portal.Row;

/**
 * Whether a page has anything left to do for a document that other pages list, too. Where each row
 * names a place of its own, as in open data, one place that lacks a document says nothing about the
 * others: the document is over only when it is stored, or was tried at all of them. Otherwise all
 * rows lead to one address, and one page's tries are enough.
 */
final class SourcePlaces {
  private final Documents documents;

  SourcePlaces(Documents documents) {
    this.documents = documents;
  }

  /** Whether nothing is left to do for the document of a row. */
  boolean isOver(Page page, Row row) {
    return documents.isClosed(row.id()) && !isUntried(page, row);
  }

  /** Whether the document was given up without a try at the place that this row names. */
  boolean isUntried(Page page, Row row) {
    return row.isOfFinalSource()
        && !page.hasTried(row.id())
        && documents.isGivenUpElsewhere(row.id(), page.number());
  }
}
