/** What watches the work: metrics, health, history, error counts, logs, figures of the machine. */
package monitor;
