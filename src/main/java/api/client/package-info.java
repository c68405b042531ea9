/**
 * The client of the REST API, for the commands and for the fleet. May call {@code api.dto}, {@code
 * config} and {@code model}.
 */
@NullMarked
package api.client;

import org.jspecify.annotations.NullMarked;
