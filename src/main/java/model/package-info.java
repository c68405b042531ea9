/**
 * The terms that all packages share: scripts and pages, states, reasons. May call {@code platform}
 * only.
 */
@NullMarked
package model;

import org.jspecify.annotations.NullMarked;
