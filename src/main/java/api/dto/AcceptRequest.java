package api.dto;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which failed documents a person accepts.
 *
 * @param note why; needed, and one of the others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AcceptRequest(
    @Nullable String reason,
    @Nullable Integer script,
    @Nullable List<String> ids,
    @Nullable String note) {}
