/**
 * {@link app.Main}, the wiring of one running instance, and the two commands that start one ({@code
 * run}, {@code demo}). May call every other package; none calls it.
 */
@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
