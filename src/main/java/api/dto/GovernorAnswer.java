package api.dto;

/** The limits of requests to the portal. */
public record GovernorAnswer(GovernorData governor) implements Success {}
