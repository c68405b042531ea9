package api.dto;

/** What is being done with a script, or that nothing needs to be done. */
public record ScriptAnswer(String message, Integer scriptId) implements Success {}
