/**
 * The interface to a portal: dialects, sessions, rows, requests and responses. May call {@code
 * config} and {@code model}.
 */
package portal;
