package pipeline;

import java.nio.file.Path;
import java.util.Map;
import model.ObjectKey;
import model.Ticker;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import portal.Download;
import store.KeptDocument;
import store.Spool;
import store.SpoolRoom;
import store.StoreException;
import store.StoreHeaders;

/** The steps of a document from the portal to its upload. */
public final class DocumentSteps {
  private static final int PRECONDITION_FAILED = 412;

  /** Exchange property with the {@link DocumentTask}. */
  static final String TASK = "task";

  /** Exchange property with the {@link Download} being uploaded, or found in the bucket. */
  public static final String DOWNLOAD = "download";

  /** Exchange property with the ticker's time when the PUT began. */
  static final String UPLOAD_BEGAN = "uploadBegan";

  /** Exchange property with the {@link Download} that differs from what is stored. */
  private static final String CHANGED = "changed";

  private static final String SPOOLED = "spooled";

  private final Spool spool;
  private final SpoolRoom room;
  private final DocumentObjects objects;
  private final DocumentRequests requests;
  private final WorkContext context;
  private final Ticker ticker;

  public DocumentSteps(
      Spool spool,
      SpoolRoom room,
      DocumentObjects objects,
      DocumentRequests requests,
      WorkContext context,
      Ticker ticker) {
    this.spool = spool;
    this.room = room;
    this.objects = objects;
    this.requests = requests;
    this.context = context;
    this.ticker = ticker;
  }

  /** Begins the document, and finds out whether it needs to be uploaded. */
  public void begin(@Body DocumentTask task, Exchange exchange) {
    exchange.setProperty(TASK, task); // later steps have other bodies
    context.document(task);
    room.require();
    Path file = spool.newFile();
    exchange.setProperty(SPOOLED, file);
    if (task.isRefresh()) {
      DocumentRequests.Refreshed refreshed = requests.refresh(task, file);
      exchange.setProperty(refreshed.hasChanged() ? CHANGED : DOWNLOAD, refreshed.download());
    } else {
      objects
          .find(task)
          .ifPresent(document -> exchange.setProperty(DOWNLOAD, download(document, file)));
    }
  }

  private static Download download(KeptDocument document, Path file) {
    Download download = new Download(file, document.size(), document.sha256());
    return document.hasEnd() ? download : download.withoutEnd();
  }

  /** Fetches and checks the document; sets its file as the body, ready for the upload. */
  public void download(
      @Body DocumentTask task,
      @ExchangeProperty(SPOOLED) Path file,
      @ExchangeProperty(CHANGED) @Nullable Download changed,
      Exchange exchange) {
    Download download = changed == null ? requests.fetch(task, file) : changed;
    exchange.setProperty(DOWNLOAD, download);
    Message message = exchange.getMessage();
    message.setBody(file.toFile());
    ObjectKey key = objects.key(task);
    Map<String, String> facts = task.row().facts();
    Map<String, Object> headers =
        objects.mayOnlyBeFirst(task)
            ? StoreHeaders.onlyFirst(key, download.size(), download.sha256(), facts)
            : StoreHeaders.document(key, download.size(), download.sha256(), facts);
    headers.forEach(message::setHeader);
    exchange.setProperty(UPLOAD_BEGAN, ticker.nanos());
  }

  /** Whether the upload failed because an object is there already, which may not be replaced. */
  public static boolean isTaken(Exchange exchange) {
    StoreException refusal = exchange.getException(StoreException.class);
    return refusal != null && refusal.status() == PRECONDITION_FAILED;
  }

  /**
   * Another instance has put the document first: its object counts for all rows.
   *
   * @throws Exception the refusal, if this program did not put the object
   */
  public void takeOver(
      @ExchangeProperty(TASK) DocumentTask task,
      @ExchangeProperty(SPOOLED) Path file,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception refusal,
      Exchange exchange)
      throws Exception {
    KeptDocument first = objects.first(task).orElseThrow(() -> refusal);
    exchange.setProperty(DOWNLOAD, download(first, file));
    exchange.removeProperty(UPLOAD_BEGAN);
  }

  /** The thread has finished the document, whatever the result. */
  public void end() {
    context.leave();
  }

  /** Deletes the document's file, whatever the result of its upload. */
  public void deleteSpooled(
      @ExchangeProperty(TASK) DocumentTask task, @ExchangeProperty(SPOOLED) @Nullable Path file) {
    requests.over(task);
    if (file != null) { // else nothing was begun
      spool.delete(file);
      room.free(file);
    }
  }
}
