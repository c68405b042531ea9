/**
 * The embedded source bucket: a small copy of the public bucket of High Court judgments, with its
 * formats and its defects. Its judgments are those of {@link demo.ecourts}.
 */
@NullMarked
package demo.opendata;

import org.jspecify.annotations.NullMarked;
