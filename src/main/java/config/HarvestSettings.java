package config;

import java.nio.file.Path;
import java.time.Duration;
import model.Distribution;

/**
 * The {@code harvest.*} keys, checked.
 *
 * @param instanceId this instance
 * @param distribution which scripts and pages each instance gets
 * @param autostart how many scripts to start with the instance; {@link Integer#MAX_VALUE} for all
 * @param startDelay time between two starts
 * @param resume whether scripts that were running when the instance went down start again with it
 * @param auditInterval time from one audit to the next; zero for none
 * @param dataDir folder for the ledger, the spool and the logs
 * @param data what is kept in it
 */
public record HarvestSettings(
    int instanceId,
    Distribution distribution,
    int autostart,
    Duration startDelay,
    boolean resume,
    Duration auditInterval,
    Path dataDir,
    DataSettings data) {

  /** A copy with another distribution. */
  HarvestSettings with(Distribution other) {
    return new HarvestSettings(
        instanceId, other, autostart, startDelay, resume, auditInterval, dataDir, data);
  }
}
