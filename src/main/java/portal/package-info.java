/**
 * The interface to a portal: dialects, sessions, rows, requests and responses. May call {@code
 * config} and {@code model}.
 */
@NullMarked
package portal;

import org.jspecify.annotations.NullMarked;
