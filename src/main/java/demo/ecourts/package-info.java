/**
 * A portal that behaves like the eCourts judgment search, for the demo and for tests. It shares no
 * code with the dialect that harvests it, so that mistakes in one are found by the other. May call
 * {@code demo}.
 */
@NullMarked
package demo.ecourts;

import org.jspecify.annotations.NullMarked;
