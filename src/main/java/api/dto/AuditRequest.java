package api.dto;

import org.jspecify.annotations.Nullable;

/** The body of {@code POST /api/audit}. */
public record AuditRequest(@Nullable Boolean checksums) {}
