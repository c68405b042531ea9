package api.dto;

/** This instance, its peers, and the totals. */
public record FleetAnswer(FleetData data, String timestamp) implements Success {}
