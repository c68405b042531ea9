package api.dto;

/** This instance, its peers, and their sums. */
public record FleetAnswer(FleetData data, String timestamp) implements Success {}
