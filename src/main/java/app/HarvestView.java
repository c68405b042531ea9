package app;

import java.util.Optional;
import java.util.function.IntFunction;
import model.PageProgress;
import monitor.DocumentFinder;
import pipeline.DayQuota;
import pipeline.PortalTotal;

/**
 * What the API shows of the work on pages and documents.
 *
 * @param total the number of documents that the portal lists
 * @param quota what may be stored today
 * @param finder finds documents of this instance
 * @param pageOf how far a script is with the page that it works on
 */
public record HarvestView(
    PortalTotal total,
    DayQuota quota,
    DocumentFinder finder,
    IntFunction<Optional<PageProgress>> pageOf) {}
