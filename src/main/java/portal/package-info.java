/**
 * The interface to a portal: dialects, sessions, rows, requests and responses. May call {@code
 * store}, {@code config} and {@code model}.
 */
@NullMarked
package portal;

import org.jspecify.annotations.NullMarked;
