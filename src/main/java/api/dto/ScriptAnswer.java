package api.dto;

/** What is being done with a script, or that it was so already. */
public record ScriptAnswer(String message, Integer scriptId) implements Success {}
