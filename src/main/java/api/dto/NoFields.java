package api.dto;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/** The body of a call without fields. */
@JsonSerialize
public record NoFields() {}
