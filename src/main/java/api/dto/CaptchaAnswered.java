package api.dto;

/** The script sends the answer to the portal. */
public record CaptchaAnswered(String message, String id, Integer scriptId) implements Success {}
