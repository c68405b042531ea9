package portal.list;

import config.ConfigKey;
import config.Survey;
import config.UsageException;
import config.Values;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;
import platform.OwnerOnly;
import portal.SourceAwayException;
import portal.SurveyContext;
import store.StoreException;

/**
 * The survey of a list: total and pages are those of its records. A copy is kept in the data
 * folder, so that the list may be away later on, and is noticed when it has changed.
 */
public final class ListSurvey {
  /** The folder of the list in the data folder. */
  private static final String FOLDER = "list";

  /** The name under which the instances compare their lists. */
  private static final String HASH = "list.sha256";

  private final ListSource source;
  private final SurveyContext context;
  private final int pageSize;

  private ListSurvey(ListSource source, SurveyContext context) {
    this.source = source;
    this.context = context;
    Values values = context.configuration().values();
    this.pageSize = values.integer(ConfigKey.PAGE_SIZE, 1, Integer.MAX_VALUE);
  }

  /**
   * Reads the list.
   *
   * @throws SourceAwayException if it cannot be read now
   * @throws UsageException if it cannot be used, or is another one than before
   * @throws UncheckedIOException if the data folder cannot be used
   */
  public static Survey of(ListSource source, SurveyContext context) {
    HarvestList list = new ListSurvey(source, context).list();
    return new Survey(
        list.total(),
        list.lastPage(),
        Collections.emptySortedMap(),
        Map.of(HASH, list.content().sha256()),
        list.folder());
  }

  private HarvestList list() {
    Path folder = context.configuration().harvest().dataDir().resolve(FOLDER);
    Optional<HarvestList> kept =
        HarvestList.in(folder)
            .filter(list -> list.content().name().equals(source.name()))
            .filter(list -> list.content().pageSize() == pageSize);
    try {
      return context.mayWrite() ? read(folder, kept) : kept.orElseGet(this::readAside);
    } catch (SourceAwayException | MissingListException | StoreException e) {
      if (kept.isEmpty()) {
        throw e;
      }
      context.notes().accept("%s; the copy in %s is used".formatted(e.getMessage(), folder));
      return kept.get();
    }
  }

  private HarvestList readAside() {
    try {
      Path folder = Files.createTempDirectory("judgment-harvester-list");
      folder.toFile().deleteOnExit(); // after the files in it
      HarvestList list = read(folder, Optional.empty());
      list.deleteOnExit();
      return list;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HarvestList read(Path folder, Optional<HarvestList> kept) {
    Path spool = folder.resolve("next");
    Path records = folder.resolve("next.records");
    Path pages = folder.resolve("next.pages");
    try {
      Optional<Path> local = source.file(context.folder());
      Path above = folder.toAbsolutePath().getParent();
      if (above != null && !Files.exists(above)) {
        OwnerOnly.folder(above);
      }
      OwnerOnly.folder(folder);
      try {
        if (local.isEmpty()) {
          Files.deleteIfExists(spool); // left by a process that was killed
          source.download(context, spool);
        }
        HarvestList.Content content = copy(local.orElse(spool), records, pages);
        if (kept.isPresent() && !kept.get().content().equals(content)) {
          throw changed(kept.get().content(), content);
        }
        return HarvestList.keep(folder, content, records, pages);
      } finally {
        Files.deleteIfExists(spool);
        Files.deleteIfExists(records);
        Files.deleteIfExists(pages);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HarvestList.Content copy(Path list, Path records, Path pages) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(list));
        InputStream bytes = ListBytes.of(raw)) {
      return ListCopy.copy(bytes, source.name(), pageSize, records, pages);
    } catch (EOFException | ZipException e) {
      throw new MissingListException(
          "%s: cannot be unpacked (%s); expected a whole gzip file"
              .formatted(source.name(), e.getMessage()));
    }
  }

  private static UsageException changed(HarvestList.Content kept, HarvestList.Content now) {
    return new UsageException(
        ("%s has changed since this harvest began: %d records with the SHA-256 %s… now, %d with %s…"
                + " then; bring back the old one, or harvest the new one with another"
                + " harvest.data-dir and s3.manifest-prefix")
            .formatted(now.name(), now.records(), begin(now), kept.records(), begin(kept)));
  }

  private static String begin(HarvestList.Content content) {
    return content.sha256().substring(0, 12);
  }
}
