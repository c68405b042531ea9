package config;

/**
 * The limits promised to a portal.
 *
 * @param rate requests per second for the whole instance; 0 for no limit
 * @param concurrency concurrent requests of the whole instance
 * @param obeyRobots whether robots.txt is obeyed
 * @param userAgent the User-Agent header
 */
public record Politeness(double rate, int concurrency, boolean obeyRobots, String userAgent) {}
