/** The dialect for the eCourts judgment search. May call {@code portal.http} and below. */
@NullMarked
package portal.ecourts;

import org.jspecify.annotations.NullMarked;
