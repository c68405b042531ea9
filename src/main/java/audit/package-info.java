/**
 * Checks, from the bucket alone, whether it holds what its manifests say. May call {@code store}
 * and below.
 */
@NullMarked
package audit;

import org.jspecify.annotations.NullMarked;
