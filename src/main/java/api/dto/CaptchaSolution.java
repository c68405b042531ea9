package api.dto;

/** A person's answer to a captcha. */
public record CaptchaSolution(String answer) {}
