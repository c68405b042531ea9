package api.dto;

/** The number of failed documents that were accepted. */
public record AcceptedAnswer(Long accepted) implements Success {}
