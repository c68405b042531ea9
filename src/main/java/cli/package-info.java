/**
 * The commands that start no instance: thin clients of the API, the plan, the audit. May call
 * everything but {@code app}, {@code routes} and {@code demo}.
 */
package cli;
