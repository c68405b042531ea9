package scripts;

import model.Script;

/**
 * A script's state has changed.
 *
 * @param before what it did; the same as {@code now} when it only waits for something else, or for
 *     a listener that has just subscribed
 * @param waitingReason what it waits for now; null if it does not wait
 * @param error why its last page failed, or what ended it; null if nothing went wrong
 */
public record ScriptChange(
    Script script,
    ScriptStatus before,
    ScriptStatus now,
    WaitingReason waitingReason,
    String error) {}
