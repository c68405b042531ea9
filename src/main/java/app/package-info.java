/**
 * {@link app.Main} and the wiring of one running instance, with the two commands that start one
 * ({@code run}, {@code demo}). May call every other package; none calls it.
 */
package app;
