/**
 * What this instance knows of its pages and documents, on SQLite. The bucket is the truth; the
 * ledger is working memory that survives a crash. Calls nothing of ours.
 */
package ledger;
