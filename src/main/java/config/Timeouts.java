package config;

import java.time.Duration;

/**
 * How long a portal is waited for.
 *
 * @param connect longest wait for a connection
 * @param response longest silence of the portal
 * @param document longest time for one whole answer
 */
public record Timeouts(Duration connect, Duration response, Duration document) {}
