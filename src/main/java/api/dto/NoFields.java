package api.dto;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/** The body of a call that takes none. */
@JsonSerialize
public record NoFields() {}
