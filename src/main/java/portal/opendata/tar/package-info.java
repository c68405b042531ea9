/** Reads tars as a stream. Calls nothing else of this program. */
@NullMarked
package portal.opendata.tar;

import org.jspecify.annotations.NullMarked;
