package portal;

import config.Configuration;
import java.nio.file.Path;
import store.Spool;
import store.SpoolRoom;
import store.Store;
import store.StoreCalls;

/**
 * What an instance lends to a dialect that reads more at once than it is asked for.
 *
 * @param configuration the whole configuration
 * @param folder for files that are only worth something while they are used
 * @param spool for documents that come before they are fetched
 * @param room in the spool
 * @param target the store that documents go to
 * @param calls by which calls of any store end when their script stops
 */
public record Workplace(
    Configuration configuration,
    Path folder,
    Spool spool,
    SpoolRoom room,
    Store target,
    StoreCalls calls) {}
