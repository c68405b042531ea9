/**
 * The type {@code list}: documents whose addresses are records of a list; and such lists for other
 * types. May call {@code portal.http}, {@code store} and below.
 */
@NullMarked
package portal.list;

import org.jspecify.annotations.NullMarked;
