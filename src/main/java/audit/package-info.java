/**
 * Checks, from the bucket alone, whether it holds what its manifests say, and rebuilds a ledger
 * from them. May call {@code store}, {@code ledger} and below.
 */
@NullMarked
package audit;

import org.jspecify.annotations.NullMarked;
