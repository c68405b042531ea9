package pipeline;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import ledger.DocumentRecord;
import ledger.Documents;
import model.Validators;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.Download;
import portal.UnendedException;

/** Requests documents from the portal, within the day's quota. */
public final class DocumentRequests {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentRequests.class);

  private final CaptchaFlow captchas;
  private final Documents documents;
  private final DayQuota quota;

  /**
   * @param quota what may be stored today
   */
  public DocumentRequests(CaptchaFlow captchas, Documents documents, DayQuota quota) {
    this.captchas = captchas;
    this.documents = documents;
    this.quota = quota;
  }

  /**
   * Fetches a document. A PDF without its end is accepted if it arrives twice with the same hash:
   * then the portal has no other.
   */
  Download fetch(DocumentTask task, Path file) {
    quota.take(task.id());
    try {
      Download download = task.page().session().fetch(task.row(), file);
      captchas.went(task.page().script());
      return download;
    } catch (UnendedException e) {
      if (!documents.unended(task.id(), e.download().sha256())) {
        throw e;
      }
      captchas.went(task.page().script());
      LOG.info("stored as it is: the portal has it without its end, it came twice with one hash");
      return e.download().withoutEnd();
    }
  }

  /**
   * Asks the portal whether a stored document has changed. It is kept unless a complete, valid
   * document with different bytes arrives.
   */
  Refreshed refresh(DocumentTask task, Path file) {
    DocumentRecord stored = documents.find(task.id()).orElseThrow();
    String sha256 = Objects.requireNonNull(stored.sha256()); // stored, so it has one
    quota.take(task.id());
    Optional<Download> sent = fetchIfChanged(task, file, stored);
    captchas.went(task.page().script());
    if (sent.filter(download -> !download.sha256().equals(sha256)).isPresent()) {
      return new Refreshed(true, sent.get());
    }
    Validators validators = sent.map(Download::validators).orElse(stored.validators());
    if (!validators.equals(stored.validators())) {
      documents.unchanged(task.id(), validators);
    }
    return new Refreshed(
        false, new Download(file, stored.size(), sha256, Optional.empty(), validators));
  }

  /**
   * A stored document as the portal has it now.
   *
   * @param hasChanged whether it is to be stored again
   */
  record Refreshed(boolean hasChanged, Download download) {}

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

  /** The attempt at the document has ended, whatever its result. */
  void over(DocumentTask task) {
    quota.release(task.id());
  }
}
