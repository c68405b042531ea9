/**
 * The commands that do not start an instance: thin clients of the API, the plan, the audit. May
 * call {@code alerts}, {@code api.client}, {@code api.dto}, {@code audit}, {@code scripts}, {@code
 * portal}, {@code store}, {@code ledger} and below.
 */
@NullMarked
package cli;

import org.jspecify.annotations.NullMarked;
