/**
 * Monitoring: metrics, health, history, error counts, logs, figures of the machine. Listens to
 * {@code pipeline} and {@code scripts}, and is called by neither. May call both, and {@code store},
 * {@code ledger}, {@code portal} and below.
 */
@NullMarked
package monitor;

import org.jspecify.annotations.NullMarked;
