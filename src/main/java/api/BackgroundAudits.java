package api;

import api.dto.AuditAnswer;
import api.dto.AuditData;
import org.jspecify.annotations.Nullable;

/** The audits that run inside an instance, one at a time. */
public interface BackgroundAudits {
  /**
   * Starts one.
   *
   * @param checksums whether it compares the SHA-256 that the store keeps
   * @return false if one is running
   */
  boolean start(boolean checksums);

  /** Whether one is running, its progress, and the last result. */
  AuditAnswer state();

  /** The last result in short; null if there was none. */
  @Nullable AuditData last();
}
