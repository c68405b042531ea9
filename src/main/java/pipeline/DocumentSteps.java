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

/** The steps that bring one document from the portal to the door of the bucket. */
public final class DocumentSteps {
  /** Exchange property with the {@link DocumentTask}. */
  static final String TASK = "task";

  /** Exchange property with the {@link Download} on its way to the bucket. */
  static final String DOWNLOAD = "download";

  /** Exchange property with the ticker's time at which the PUT began. */
  static final String UPLOAD_BEGAN = "uploadBegan";

  private static final String SPOOLED = "spooled";

  private final Spool spool;
  private final String prefix;
  private final CaptchaFlow captchas;
  private final WorkContext context;
  private final Ticker ticker;

  /**
   * @param prefix where documents lie in the bucket
   */
  public DocumentSteps(
      Spool spool, String prefix, CaptchaFlow captchas, WorkContext context, Ticker ticker) {
    this.spool = spool;
    this.prefix = prefix;
    this.captchas = captchas;
    this.context = context;
    this.ticker = ticker;
  }

  /** Fetches and checks the document; leaves its file as the body, ready for the bucket. */
  public void download(@Body DocumentTask task, Exchange exchange) {
    exchange.setProperty(TASK, task); // the steps behind have other bodies
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

  /** The thread has done with the document, however it went. */
  public void end() {
    context.leave();
  }

  /** Deletes the document's file, however its upload went. */
  public void deleteSpooled(@ExchangeProperty(SPOOLED) Path file) {
    spool.delete(file);
  }
}
