package api.dto;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which failed documents to queue again; without a field, all of them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetryRequest(
    @Nullable String reason, @Nullable Integer script, @Nullable List<String> ids) {}
