package config;

import java.time.Duration;

/**
 * The start of scripts.
 *
 * @param count how many start with the instance; {@link Integer#MAX_VALUE} for all
 * @param delay time between two starts
 * @param resume whether scripts that were running when the instance went down start again with it
 */
public record StartSettings(int count, Duration delay, boolean resume) {
  /** No script starts by itself, and those that a person starts do so without delay. */
  public static final StartSettings NONE = new StartSettings(0, Duration.ZERO, false);
}
