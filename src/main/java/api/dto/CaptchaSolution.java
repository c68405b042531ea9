package api.dto;

/** What a person reads in a captcha. */
public record CaptchaSolution(String answer) {}
