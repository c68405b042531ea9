package config;

import java.nio.file.Path;
import java.time.Duration;
import model.Distribution;

/**
 * The {@code harvest.*} keys, checked.
 *
 * @param instanceId this instance
 * @param distribution which scripts and pages each instance gets
 * @param starts which scripts start with the instance, and how far apart
 * @param auditInterval time from one audit to the next; zero for none
 * @param dataDir folder for the ledger, the spool and the logs
 * @param data what is kept in it
 */
public record HarvestSettings(
    int instanceId,
    Distribution distribution,
    StartSettings starts,
    Duration auditInterval,
    Path dataDir,
    DataSettings data) {

  /** A copy with another distribution. */
  HarvestSettings with(Distribution other) {
    return new HarvestSettings(instanceId, other, starts, auditInterval, dataDir, data);
  }
}
