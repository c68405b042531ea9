/**
 * What watches the work: metrics, health, history, error counts, logs, figures of the machine.
 * Listens to {@code pipeline} and {@code scripts}, and is called by neither.
 */
package monitor;
