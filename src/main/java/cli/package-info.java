/**
 * The commands that do not start an instance: thin clients of the API, the plan, the audit. May
 * call everything but {@code app}, {@code routes} and {@code demo}.
 */
package cli;
