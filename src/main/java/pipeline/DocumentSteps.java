package pipeline;

import java.nio.file.Path;
import java.time.Duration;
import model.ObjectKey;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import portal.Download;
import store.Spool;
import store.StoreHeaders;

/** The steps of one document's way into the bucket. */
public final class DocumentSteps {
  /** Exchange property with the {@link DocumentTask}. */
  static final String TASK = "task";

  /** Exchange property with the time that the PUT took. */
  static final String UPLOAD = "upload";

  private static final String SPOOLED = "spooled";
  private static final String UPLOAD_BEGAN = "uploadBegan";

  private final Spool spool;
  private final String prefix;
  private final CaptchaFlow captchas;
  private final WorkContext context;

  /**
   * @param prefix where documents lie in the bucket
   */
  public DocumentSteps(Spool spool, String prefix, CaptchaFlow captchas, WorkContext context) {
    this.captchas = captchas;
    this.spool = spool;
    this.prefix = prefix;
    this.context = context;
  }

  /** Remembers the document for the steps behind, whose bodies are others, and for this thread. */
  public void begin(@Body DocumentTask task, Exchange exchange) {
    exchange.setProperty(TASK, task);
    context.document(task);
  }

  /** The thread has done with the document, however it went. */
  public void end() {
    context.leave();
  }

  /** Fetches and checks the document; leaves its file as the body, ready for the bucket. */
  public void download(@Body DocumentTask task, Exchange exchange) {
    Path file = spool.newFile();
    exchange.setProperty(SPOOLED, file);
    Download download = task.page().session().fetch(task.row(), file);
    captchas.went(task.page().script());
    exchange.setProperty(ClaimRepository.DOWNLOAD, download);
    Message message = exchange.getMessage();
    message.setBody(file.toFile());
    StoreHeaders.document(new ObjectKey(prefix, task.id()), download.size(), download.sha256())
        .forEach(message::setHeader);
    exchange.setProperty(UPLOAD_BEGAN, System.nanoTime());
  }

  /** The bucket has acknowledged the document. */
  public void uploaded(@ExchangeProperty(UPLOAD_BEGAN) long began, Exchange exchange) {
    exchange.setProperty(UPLOAD, Duration.ofNanos(System.nanoTime() - began));
  }

  /** Deletes the document's file, however its upload went. */
  public void deleteSpooled(@ExchangeProperty(SPOOLED) Path file) {
    spool.delete(file);
  }
}
