/**
 * What this instance knows of its pages and documents, on SQLite, and the lock on the data folder.
 * The bucket is the truth; the ledger is working memory that survives a crash. May call {@code
 * model} alone.
 */
package ledger;
