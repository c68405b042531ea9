/** Drawing in a terminal: progress, tables, images. May call {@code scripts} and below. */
package cli.terminal;
