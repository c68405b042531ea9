package portal.http;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import model.FailureReason;
import model.Validators;
import portal.Download;
import portal.PortalException;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;
import portal.Row;

/** Fetches and checks documents with a GET of their address. */
public final class DocumentFetch {
  private static final int NOT_MODIFIED = 304;

  private final PdfCheck check = new PdfCheck();

  /**
   * Fetches a document, unless the portal says that it has no other version.
   *
   * @param stored what the portal said of the stored version
   * @param referer the page that names the document
   * @param further a further check of what arrived, whether it has its end or not
   * @return empty if the portal has no other version
   * @throws PortalException if it did not arrive, or is not a complete PDF
   */
  public Optional<Download> fetch(
      PortalHttp http,
      Row row,
      Path spool,
      Validators stored,
      Optional<URI> referer,
      Consumer<Download> further) {
    Map<String, String> headers = new HashMap<>(stored.conditions());
    referer.ifPresent(page -> headers.put("Referer", page.toString()));
    Reply reply = http.send(Request.document(row.address(), spool).with(headers));
    if (reply.status() == NOT_MODIFIED && !stored.isNone()) {
      return Optional.empty();
    }
    requireFound(reply, row.address());
    check.check(reply.spooled(), row.address(), further);
    return Optional.of(reply.spooled());
  }

  /**
   * @throws PortalException if the portal does not have what was asked for
   */
  public static void requireFound(Reply reply, String address) {
    if (reply.status() != 200) {
      boolean gone = reply.status() == 404 || reply.status() == 410;
      throw new PortalException(
              gone ? FailureReason.GONE : FailureReason.http(reply.status()),
              address + " answered " + reply.status())
          .answered(reply.status());
    }
  }
}
