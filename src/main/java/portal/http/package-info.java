/**
 * Requests to a portal: governor, robots.txt, transfers, checks of what arrives. May call {@code
 * portal} and below.
 */
@NullMarked
package portal.http;

import org.jspecify.annotations.NullMarked;
