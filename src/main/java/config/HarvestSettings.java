package config;

import java.nio.file.Path;
import java.time.Duration;
import model.Distribution;

/**
 * The {@code harvest.*} keys, checked.
 *
 * @param instanceId this instance
 * @param distribution which scripts and pages fall to which instance
 * @param autostart how many scripts to start at boot; {@link Integer#MAX_VALUE} for all
 * @param startDelay time between two starts
 * @param resume whether scripts that ran when the instance went down start again at boot
 * @param dataDir folder of ledger, spool and logs
 */
public record HarvestSettings(
    int instanceId,
    Distribution distribution,
    int autostart,
    Duration startDelay,
    boolean resume,
    Path dataDir) {}
