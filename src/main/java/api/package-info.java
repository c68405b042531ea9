/**
 * What answers the REST API: one handler a concern, the checks before them (key, CORS, body), the
 * fleet. May call {@code monitor}, {@code scripts} and below.
 */
package api;
