/**
 * The orchestrator: starts, stops, waits and recovery of each script, and its state for those who
 * ask. May call {@code ledger}, {@code model}, {@code config} and Camel's route controller.
 */
package scripts;
