package api;

import api.dto.AuditData;
import api.dto.GovernorData;
import api.dto.QuotaData;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an instance reports besides the figures of its scripts.
 *
 * @param portalTotal the total that the portal named last; empty if it named none
 * @param warnings what a person should know, a sentence each
 * @param governor the limits of requests to the portal
 * @param quota today's quota and how much of it is used; null without a quota
 * @param lastAudit null if there was none
 */
public record InstanceNotes(
    OptionalLong portalTotal,
    List<String> warnings,
    GovernorData governor,
    @Nullable QuotaData quota,
    @Nullable AuditData lastAudit) {}
