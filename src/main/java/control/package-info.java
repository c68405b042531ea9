/**
 * The orchestrator: which script has which pages, starts and stops, waits and recovery, state for
 * those who watch. Calls the ledger and Camel's route controller.
 */
package control;
