package pipeline;

import ledger.Documents;
import portal.Row;

/**
 * Whether a page has anything left to do for a document that other pages list, too. In open data,
 * each row names its own location, and one location that lacks a document says nothing about the
 * others: the document is settled only when it is stored, or was tried at all of them. Otherwise
 * all rows lead to one address, and the attempts of one page are enough.
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

  /** Whether the document was given up without an attempt at the location that this row names. */
  boolean isUntried(Page page, Row row) {
    return row.isOfFinalSource()
        && !page.hasTried(row.id())
        && documents.isGivenUpElsewhere(row.id(), page.number());
  }
}
