package api.dto;

/** One script. */
public record ScriptStatusAnswer(ScriptData data, String timestamp) implements Success {}
