/**
 * The orchestrator: starts, stops, waits and recovery of the scripts, and their state. May call
 * {@code ledger}, {@code model}, {@code config} and Camel's route controller.
 */
@NullMarked
package scripts;

import org.jspecify.annotations.NullMarked;
