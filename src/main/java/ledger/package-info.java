/**
 * The pages and documents of this instance, on SQLite, and the lock on the data folder. The bucket
 * is the truth; the ledger is working memory that survives a crash. May call {@code model} and
 * {@code platform} only.
 */
@NullMarked
package ledger;

import org.jspecify.annotations.NullMarked;
