package api.dto;

/**
 * A captcha waiting for a person.
 *
 * @param image a data URI
 */
public record CaptchaData(String id, Integer scriptId, String image, String created) {}
