package pipeline;

import java.nio.file.Path;
import model.ObjectKey;
import model.Ticker;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import portal.Download;
import store.Spool;
import store.StoreHeaders;

/** The steps of a document from the portal to its upload. */
public final class DocumentSteps {
  /** Exchange property with the {@link DocumentTask}. */
  static final String TASK = "task";

  /** Exchange property with the {@link Download} being uploaded. */
  static final String DOWNLOAD = "download";

  /** Exchange property with the ticker's time when the PUT began. */
  static final String UPLOAD_BEGAN = "uploadBegan";

  private static final String SPOOLED = "spooled";

  private final Spool spool;
  private final String prefix;
  private final CaptchaFlow captchas;
  private final WorkContext context;
  private final Ticker ticker;

  /**
   * @param prefix the key prefix of documents
   */
  public DocumentSteps(
      Spool spool, String prefix, CaptchaFlow captchas, WorkContext context, Ticker ticker) {
    this.spool = spool;
    this.prefix = prefix;
    this.captchas = captchas;
    this.context = context;
    this.ticker = ticker;
  }

  /** Fetches and checks the document; sets its file as the body, ready for the upload. */
  public void download(@Body DocumentTask task, Exchange exchange) {
    exchange.setProperty(TASK, task); // later steps have other bodies
    context.document(task);
    Path file = spool.newFile();
    exchange.setProperty(SPOOLED, file);
    Download download = task.page().session().fetch(task.row(), file);
    captchas.went(task.page().script());
    exchange.setProperty(DOWNLOAD, download);
    Message message = exchange.getMessage();
    message.setBody(file.toFile());
    StoreHeaders.document(new ObjectKey(prefix, task.id()), download.size(), download.sha256())
        .forEach(message::setHeader);
    exchange.setProperty(UPLOAD_BEGAN, ticker.nanos());
  }

  /** The thread has finished the document, whatever the result. */
  public void end() {
    context.leave();
  }

  /** Deletes the document's file, whatever the result of its upload. */
  public void deleteSpooled(@ExchangeProperty(SPOOLED) Path file) {
    spool.delete(file);
  }
}
