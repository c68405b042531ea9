package scripts;

import model.Script;
import org.jspecify.annotations.Nullable;

/**
 * A change of a script's state.
 *
 * @param before the previous status; the same as {@code now} if only the waiting reason changed, or
 *     for a listener that has just subscribed
 * @param waitingReason what it waits for now; null unless it is waiting
 * @param error why its last page failed, or what ended it; null if nothing went wrong
 */
public record ScriptChange(
    Script script,
    ScriptStatus before,
    ScriptStatus now,
    @Nullable WaitingReason waitingReason,
    @Nullable String error) {}
