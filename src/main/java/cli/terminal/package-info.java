/** Drawing in a terminal: progress, tables, images. May call {@code scripts} and below. */
@NullMarked
package cli.terminal;

import org.jspecify.annotations.NullMarked;
