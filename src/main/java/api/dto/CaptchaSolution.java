package api.dto;

import org.jspecify.annotations.Nullable;

/** A person's answer to a captcha. */
public record CaptchaSolution(@Nullable String answer) {}
