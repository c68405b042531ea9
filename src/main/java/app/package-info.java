/**
 * The program as its user meets it: the commands, the configuration and its checks, the wiring. May
 * call every other package; none calls it.
 */
package app;
