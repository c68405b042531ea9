package api.dto;

/** The instance and all its scripts. */
public record StatusAnswer(StatusData data, String timestamp) implements Success {}
