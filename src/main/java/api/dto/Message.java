package api.dto;

/** What is being done. */
public record Message(String message) implements Success {}
