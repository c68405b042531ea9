package config;

import java.util.List;
import java.util.Optional;
import model.RetryPolicy;

/**
 * The {@code portal.*} keys that every portal has, checked.
 *
 * @param type the name of one of the types of portals
 * @param url where the portal is, in the form that its type asks for; empty when not set
 * @param allowedHosts hosts that may be fetched, as {@code host} or {@code host:port}, lower case
 * @param politeness how the portal is spared
 * @param timeouts how long it is waited for
 * @param retries how often a document is tried
 * @param maxDocumentBytes largest document that is stored
 */
public record PortalSettings(
    String type,
    Optional<String> url,
    List<String> allowedHosts,
    Politeness politeness,
    Timeouts timeouts,
    RetryPolicy retries,
    long maxDocumentBytes) {}
