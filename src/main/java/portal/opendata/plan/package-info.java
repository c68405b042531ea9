/**
 * Which pages the source bucket has, made from its lists and indexes. May call {@code
 * portal.opendata.tar}, {@code portal} and below.
 */
@NullMarked
package portal.opendata.plan;

import org.jspecify.annotations.NullMarked;
