package pipeline;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import ledger.DocumentRecord;
import ledger.Ledger;
import model.ObjectKey;
import model.Ticker;
import model.Validators;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.Download;
import portal.UnendedException;
import store.KeptDocument;
import store.Spool;
import store.SpoolRoom;
import store.StoreHeaders;

/** The steps of a document from the portal to its upload. */
public final class DocumentSteps {
  /** Exchange property with the {@link DocumentTask}. */
  static final String TASK = "task";

  /** Exchange property with the {@link Download} being uploaded, or found in the bucket. */
  public static final String DOWNLOAD = "download";

  /** Exchange property with the ticker's time when the PUT began. */
  static final String UPLOAD_BEGAN = "uploadBegan";

  /** Exchange property with the {@link Download} that differs from what is stored. */
  private static final String CHANGED = "changed";

  private static final String SPOOLED = "spooled";

  private static final Logger LOG = LoggerFactory.getLogger(DocumentSteps.class);

  private final Spool spool;
  private final SpoolRoom room;
  private final String prefix;
  private final Function<String, Optional<KeptDocument>> kept;
  private final BooleanSupplier mayBeKept;
  private final CaptchaFlow captchas;
  private final Ledger ledger;
  private final WorkContext context;
  private final Ticker ticker;

  /**
   * @param prefix the key prefix of documents
   * @param kept what the bucket holds of us under a key
   * @param mayBeKept whether the bucket may hold documents that the ledger does not know of
   */
  public DocumentSteps(
      Spool spool,
      SpoolRoom room,
      String prefix,
      Function<String, Optional<KeptDocument>> kept,
      BooleanSupplier mayBeKept,
      CaptchaFlow captchas,
      Ledger ledger,
      WorkContext context,
      Ticker ticker) {
    this.spool = spool;
    this.room = room;
    this.prefix = prefix;
    this.kept = kept;
    this.mayBeKept = mayBeKept;
    this.captchas = captchas;
    this.ledger = ledger;
    this.context = context;
    this.ticker = ticker;
  }

  /**
   * Begins the document. If the ledger does not know all that the bucket holds, because it was
   * restored or other harvests fill the bucket, too, looks for it there.
   */
  public void begin(@Body DocumentTask task, Exchange exchange) {
    exchange.setProperty(TASK, task); // later steps have other bodies
    context.document(task);
    room.require();
    Path file = spool.newFile();
    exchange.setProperty(SPOOLED, file);
    if (task.isRefresh()) {
      askAgain(task, file, exchange);
    } else if (mayBeKept.getAsBoolean() && !wasStoredHere(task.id())) {
      kept.apply(new ObjectKey(prefix, task.id()).text())
          .ifPresent(document -> exchange.setProperty(DOWNLOAD, download(document, file)));
    }
  }

  /** If it is queued again all the same, its object is not what it should be. */
  private boolean wasStoredHere(String id) {
    return ledger.find(id).map(DocumentRecord::sha256).isPresent();
  }

  /** What is stored stays as it is unless a whole, good document with other bytes comes. */
  private void askAgain(DocumentTask task, Path file, Exchange exchange) {
    DocumentRecord stored = ledger.find(task.id()).orElseThrow();
    String sha256 = Objects.requireNonNull(stored.sha256()); // stored, so it has one
    Optional<Download> sent = fetchIfChanged(task, file, stored);
    captchas.went(task.page().script());
    if (sent.filter(download -> !download.sha256().equals(sha256)).isPresent()) {
      exchange.setProperty(CHANGED, sent.get());
      return;
    }
    Validators validators = sent.map(Download::validators).orElse(stored.validators());
    if (!validators.equals(stored.validators())) {
      ledger.unchanged(task.id(), validators);
    }
    exchange.setProperty(
        DOWNLOAD, new Download(file, stored.size(), sha256, Optional.empty(), validators));
  }

  private static Optional<Download> fetchIfChanged(
      DocumentTask task, Path file, DocumentRecord stored) {
    try {
      return task.page().session().fetchIfChanged(task.row(), file, stored.validators());
    } catch (UnendedException e) {
      if (e.download().sha256().equals(stored.sha256())) {
        return Optional.of(e.download()); // it was stored without its end
      }
      throw e;
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
    Download download = changed == null ? fetch(task, file) : changed;
    exchange.setProperty(DOWNLOAD, download);
    Message message = exchange.getMessage();
    message.setBody(file.toFile());
    StoreHeaders.document(
            new ObjectKey(prefix, task.id()),
            download.size(),
            download.sha256(),
            task.row().facts())
        .forEach(message::setHeader);
    exchange.setProperty(UPLOAD_BEGAN, ticker.nanos());
  }

  /** A PDF that lacks its end is what the portal has if it comes twice. */
  private Download fetch(DocumentTask task, Path file) {
    try {
      Download download = task.page().session().fetch(task.row(), file);
      captchas.went(task.page().script());
      return download;
    } catch (UnendedException e) {
      if (!ledger.unended(task.id(), e.download().sha256())) {
        throw e;
      }
      captchas.went(task.page().script());
      LOG.info("stored as it is: the portal has it without its end, it came twice with one hash");
      return e.download().withoutEnd();
    }
  }

  /** The thread has finished the document, whatever the result. */
  public void end() {
    context.leave();
  }

  /** Deletes the document's file, whatever the result of its upload. */
  public void deleteSpooled(@ExchangeProperty(SPOOLED) @Nullable Path file) {
    if (file != null) { // else nothing was begun
      spool.delete(file);
      room.free(file);
    }
  }
}
