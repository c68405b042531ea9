/**
 * The seam to a portal: dialects, sessions, rows, requests and answers. May call {@code config} and
 * {@code model}.
 */
package portal;
