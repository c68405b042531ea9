/**
 * The terms that all packages share: scripts and pages, states, reasons. Calls no other package.
 */
@NullMarked
package model;

import org.jspecify.annotations.NullMarked;
