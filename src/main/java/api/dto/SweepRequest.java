package api.dto;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How to walk a script's pages again; with {@code refresh}, stored documents are asked for, too.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SweepRequest(@Nullable Boolean refresh) {}
