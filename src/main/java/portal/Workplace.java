package portal;

import config.Configuration;
import java.nio.file.Path;
import store.Spool;
import store.SpoolRoom;
import store.Store;
import store.StoreCalls;

/**
 * What an instance lends to a dialect that reads ahead.
 *
 * @param configuration the whole configuration
 * @param folder for files that are needed only while they are in use
 * @param spool for documents that arrive before they are fetched
 * @param room in the spool
 * @param target the store that documents go to
 * @param calls ends calls of any store when their script stops
 */
public record Workplace(
    Configuration configuration,
    Path folder,
    Spool spool,
    SpoolRoom room,
    Store target,
    StoreCalls calls) {}
