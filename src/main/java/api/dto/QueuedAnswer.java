package api.dto;

/** How many documents were queued again. */
public record QueuedAnswer(Long queued) implements Success {}
