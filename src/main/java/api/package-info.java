/**
 * The REST API: one handler per topic, the checks before them (key, CORS, body), and the fleet. May
 * call {@code monitor}, {@code scripts} and below.
 */
@NullMarked
package api;

import org.jspecify.annotations.NullMarked;
