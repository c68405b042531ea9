package api;

import config.HarvestIdentity;
import java.util.UUID;

/**
 * This instance, as its peers see it.
 *
 * @param instanceId its number
 * @param runId another one for each process, which tells it from another instance with its number
 * @param harvest what it harvests
 */
public record Self(int instanceId, String runId, HarvestIdentity harvest) {
  /** This process. */
  public Self(int instanceId, HarvestIdentity harvest) {
    this(instanceId, UUID.randomUUID().toString(), harvest);
  }
}
