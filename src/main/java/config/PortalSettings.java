package config;

import java.time.Duration;
import java.util.List;

/**
 * The {@code portal.*} keys, checked.
 *
 * @param type {@code links} or {@code ecourts}
 * @param url address of the listing; null when not set
 * @param linkSelector CSS selector of the document links
 * @param totalSelector CSS selector of the element that holds the total; null when not set
 * @param allowedHosts hosts that may be fetched, as {@code host} or {@code host:port}, lower case
 * @param rate requests per second for the whole instance; 0 for no limit
 * @param concurrency requests at once for the whole instance
 * @param obeyRobots whether robots.txt is obeyed
 * @param userAgent how the program names itself
 * @param connectTimeout longest wait for a connection
 * @param responseTimeout longest silence of the portal
 * @param documentTimeout longest time for one whole answer
 * @param maxAttempts tries before a document counts as failed
 * @param retryWait wait before the second try, doubled each time
 * @param maxDocumentBytes largest document that is stored
 * @param ecourts the keys of that type
 * @param pageSize results on a full listing page
 * @param pages number of listing pages
 */
public record PortalSettings(
    String type,
    String url,
    String linkSelector,
    String totalSelector,
    List<String> allowedHosts,
    double rate,
    int concurrency,
    boolean obeyRobots,
    String userAgent,
    Duration connectTimeout,
    Duration responseTimeout,
    Duration documentTimeout,
    int maxAttempts,
    Duration retryWait,
    long maxDocumentBytes,
    EcourtsSettings ecourts,
    int pageSize,
    int pages) {}
