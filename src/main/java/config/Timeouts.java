package config;

import java.time.Duration;

/**
 * How long to wait for a portal.
 *
 * @param connect for a connection
 * @param response for the next bytes
 * @param document for one whole response
 */
public record Timeouts(Duration connect, Duration response, Duration document) {}
