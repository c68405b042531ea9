/**
 * The dialect for portals whose pages link to their documents. May call {@code portal.http} and
 * below.
 */
@NullMarked
package portal.links;

import org.jspecify.annotations.NullMarked;
