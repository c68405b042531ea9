package api.dto;

import java.util.List;

/** The captchas waiting for a person, oldest first. */
public record CaptchasAnswer(List<CaptchaData> captchas, String timestamp) implements Success {}
