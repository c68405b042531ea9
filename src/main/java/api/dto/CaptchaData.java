package api.dto;

/**
 * A captcha that waits for a person.
 *
 * @param image a data URI
 */
public record CaptchaData(String id, Integer scriptId, String image, String created) {}
