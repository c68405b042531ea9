package config;

/**
 * How a portal is spared.
 *
 * @param rate requests per second for the whole instance; 0 for no limit
 * @param concurrency requests at once for the whole instance
 * @param obeyRobots whether robots.txt is obeyed
 * @param userAgent how the program names itself
 */
public record Politeness(double rate, int concurrency, boolean obeyRobots, String userAgent) {}
