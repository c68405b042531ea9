/**
 * The dialect for the public bucket with the open data: pages are slices of tars. May call {@code
 * portal.ecourts}, {@code portal.opendata.plan}, {@code portal.opendata.tar}, {@code portal.http}
 * and below, and {@code store}.
 */
@NullMarked
package portal.opendata;

import org.jspecify.annotations.NullMarked;
