package api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /api/audit/known}: documents to look up. */
public record KnownRequest(@Nullable List<String> ids) {}
