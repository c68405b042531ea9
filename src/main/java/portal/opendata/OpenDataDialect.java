package portal.opendata;

import config.SourceSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import model.web.WebAddress;
import portal.Desk;
import portal.Dialect;
import portal.PortalHttp;
import portal.PortalScope;
import portal.SessionMemory;
import portal.Workplace;
import portal.ecourts.ArchivedRows;
import portal.http.PdfCheck;
import store.BadManifestException;
import store.ManifestRow;
import store.SourceBucket;
import store.StoreException;

/**
 * The dialect {@code opendata}: copies from the public bucket with the open data. A page is a slice
 * of a tar, which is read once, as a stream, while its script goes from page to page.
 */
public final class OpenDataDialect implements Dialect {
  /** Where the portal's documents are, if nothing else is configured. */
  public static final String PORTAL = "https://judgments.ecourts.gov.in/pdfsearch/";

  private static final int NOT_FOUND = 404;

  private final SourceBucket bucket;
  private final Slices slices;
  private final ToIntFunction<Desk> growth;
  private final boolean readsObjects;
  private final int pageSize;
  private final long largest;
  private final Workplace place;
  private final ArchivedRows archived;
  private final OpenDataRows rows;
  private final MetadataShelf metadata;
  private final PdfCheck check = new PdfCheck();

  /**
   * @param slices the pages according to the plan and the indexes of the source
   * @param growth looks for additions to the source, and returns the resulting number of pages
   * @param base address of the portal's search page, with a slash at its end
   */
  public OpenDataDialect(
      SourceBucket bucket,
      Slices slices,
      ToIntFunction<Desk> growth,
      SourceSettings source,
      URI base,
      PortalScope scope,
      Workplace place) {
    this.bucket = bucket;
    this.slices = slices;
    this.growth = growth;
    this.readsObjects = source.readsObjects();
    this.pageSize = scope.pageSize();
    this.place = place;
    this.largest = place.configuration().portal().maxDocumentBytes();
    this.archived = new ArchivedRows(base, scope.maxIdLength());
    this.metadata = new MetadataShelf(place.folder());
    String root =
        source.endpoint() == null
            ? "https://%s.s3.%s.amazonaws.com/".formatted(bucket.name(), source.region())
            : source.endpoint().toString().replaceFirst("/*$", "/") + bucket.name() + "/";
    this.rows = new OpenDataRows(key -> root + encoded(key), scope.maxIdLength(), largest);
  }

  private static String encoded(String key) {
    try {
      return new URI(null, null, "/" + key, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Session open(PortalHttp http, SessionMemory memory) {
    throw new IllegalStateException("the source is read by a client of its own");
  }

  @Override
  public Session open(PortalHttp http, SessionMemory memory, Desk desk) {
    return new OpenDataSession(this, new SourceWire(bucket, desk));
  }

  @Override
  public Optional<String> idOf(WebAddress address) {
    return archived.idOf(address);
  }

  @Override
  public boolean speaksForAllHosts() {
    return true;
  }

  /** Two partitions may have the same path, each with a file of its own. */
  @Override
  public boolean firstStoredWins() {
    return true;
  }

  @Override
  public Optional<ToIntFunction<Desk>> growth() {
    return Optional.of(growth);
  }

  Slices slices() {
    return slices;
  }

  boolean readsObjects() {
    return readsObjects;
  }

  int pageSize() {
    return pageSize;
  }

  long largest() {
    return largest;
  }

  Workplace place() {
    return place;
  }

  ArchivedRows archived() {
    return archived;
  }

  OpenDataRows rows() {
    return rows;
  }

  MetadataShelf metadata() {
    return metadata;
  }

  PdfCheck check() {
    return check;
  }

  /** The rows of a page that was completed before; empty if there is no manifest of it. */
  Optional<List<ManifestRow>> manifest(int page) {
    try {
      return place.target().manifests().read(page);
    } catch (BadManifestException e) {
      return Optional.empty(); // it is listed again
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty(); // no bucket either, which a check need not find
      }
      throw e;
    }
  }
}
