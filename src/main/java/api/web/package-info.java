/** Serves the files of the dashboards, from a fixed list. May call {@code model} only. */
@NullMarked
package api.web;

import org.jspecify.annotations.NullMarked;
