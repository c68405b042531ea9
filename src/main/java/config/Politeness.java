package config;

/**
 * The limits promised to a portal.
 *
 * @param rate how fast requests may be sent
 * @param concurrency concurrent requests of the whole instance
 * @param obeyRobots whether robots.txt is obeyed
 * @param userAgent the User-Agent header
 */
public record Politeness(RateLimits rate, int concurrency, boolean obeyRobots, String userAgent) {}
