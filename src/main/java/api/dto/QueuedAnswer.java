package api.dto;

/** The number of documents queued again. */
public record QueuedAnswer(Long queued) implements Success {}
