/**
 * The terms that all packages share: scripts and pages, states, reasons. Calls no other package.
 */
package model;
