package portal.ecourts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import model.FailureReason;
import model.Ticker;
import model.Validators;
import org.jspecify.annotations.Nullable;
import portal.CaptchaException;
import portal.Dialect;
import portal.Download;
import portal.Listing;
import portal.PortalException;
import portal.Reply;
import portal.Row;
import portal.SessionException;
import portal.list.ExpectedBytes;

/**
 * The session of one script with the eCourts portal. Its requests are sequential, because each must
 * carry the token of the previous response. It is kept as long as the portal keeps it, and never
 * dropped to avoid a captcha.
 */
final class EcourtsSession implements Dialect.Session {
  private static final int NOT_MODIFIED = 304;
  private static final String LISTING = "home/";
  private static final String SEARCH_CAPTCHA = "checkCaptcha";
  private static final String OPEN = "openpdfcaptcha";
  private static final String OPEN_WITH_ANSWER = "openpdf";

  /** A longer body is not a failure with status 200, but a document. */
  private static final long LONGEST_FAILURE = 64 * 1024;

  private final EcourtsDialect dialect;
  private final EcourtsWire wire;
  private final IssuedAddresses issued;

  /** How to request the rows of the current page, by identity. */
  private final Map<String, EcourtsDocument> listed = new HashMap<>();

  private int page;
  private int echo;
  private @Nullable Challenge challenge;

  /** What to do with the answer to the latest captcha. */
  private interface Challenge {
    void answer(String captcha);
  }

  EcourtsSession(EcourtsDialect dialect, EcourtsWire wire, Ticker ticker) {
    this.dialect = dialect;
    this.wire = wire;
    this.issued = new IssuedAddresses(ticker);
  }

  @Override
  public int parallel() {
    return 1;
  }

  @Override
  public synchronized Listing list(int number) {
    EcourtsDialect.EcourtsListing read =
        dialect.list().map(list -> list.page(number)).orElseGet(() -> search(number));
    turnTo(number);
    read.rows().stream()
        .filter(row -> row.document() != null)
        .forEach(row -> listed.put(row.row().id(), row.document()));
    return read.listing();
  }

  @Override
  public synchronized void recall(int number) {
    turnTo(number);
  }

  /** What is remembered belongs to the page in progress. */
  private void turnTo(int number) {
    if (number != page) {
      listed.clear();
      issued.clear(); // from documents that were given up
      page = number;
    }
  }

  private EcourtsDialect.EcourtsListing search(int number) {
    Map<String, String> fields = dialect.forms().listing(number, ++echo);
    EcourtsAnswer answer = wire.call(LISTING, fields, FailureReason.UNREADABLE);
    if (answer.report().isEmpty()) {
      throw refusal(answer, "page " + number, FailureReason.UNREADABLE);
    }
    return dialect.listing(number, answer.report().get());
  }

  @Override
  public Download fetch(Row row, Path spool) {
    return fetchIfChanged(row, spool, Validators.NONE).orElseThrow();
  }

  @Override
  public synchronized Optional<Download> fetchIfChanged(Row row, Path spool, Validators stored) {
    EcourtsDocument document =
        listed.computeIfAbsent(row.id(), id -> EcourtsDocument.of(row, dialect.base()));
    for (int renewals = 0; renewals <= EcourtsWire.MOST_RENEWALS; renewals++) {
      String address = address(row.id(), document);
      try {
        Optional<Download> download = download(address, spool, stored);
        if (download.isEmpty()) {
          return download;
        }
        if (!isSessionOver(download.get())) {
          dialect
              .check()
              .check(download.get(), row.address(), came -> ExpectedBytes.require(row, came));
          return download;
        }
        wire.end();
      } catch (PortalException e) {
        if (!mayBeTheSessionsEnd(e) || !hasEnded(row.id(), document)) {
          throw e;
        }
      }
    }
    throw wire.endsAtOnce();
  }

  private void keep(String id, String address) {
    issued.keep(id, address, wire.session());
  }

  private String address(String id, EcourtsDocument document) {
    return issued.take(id, wire.session()).orElseGet(() -> open(id, document));
  }

  /** After the end of a session, the portal responds at its addresses as if there were nothing. */
  private static boolean mayBeTheSessionsEnd(PortalException e) {
    return List.of(FailureReason.NOT_PDF, FailureReason.EMPTY, FailureReason.GONE)
        .contains(e.reason());
  }

  /**
   * Finds out by requesting the document's address once more, which is then kept for the next
   * attempt.
   */
  private boolean hasEnded(String id, EcourtsDocument document) {
    int session = wire.session();
    keep(id, open(id, document));
    return wire.session() != session;
  }

  /** The first step: the portal provides the document at a short-lived address. */
  private String open(String id, EcourtsDocument document) {
    EcourtsAnswer answer =
        wire.call(OPEN, dialect.forms().document(document), FailureReason.NOT_PDF);
    if (answer.outputFile().isPresent()) {
      return answer.outputFile().get();
    }
    if (answer.captchaHtml().isPresent()) {
      throw documentCaptcha(answer.captchaHtml().get(), id, document);
    }
    throw refusal(answer, document.path(), FailureReason.NOT_PDF);
  }

  private Optional<Download> download(String address, Path spool, Validators stored) {
    URI uri = dialect.passing(address);
    Reply reply = wire.get(uri, spool, stored.conditions());
    if (reply.status() == NOT_MODIFIED && !stored.isNone()) {
      return Optional.empty();
    }
    if (reply.status() == 404 || reply.status() == 410) {
      // the address may have expired, so this alone does not mean that the document is gone
      throw PortalException.passing(FailureReason.GONE, uri + " answered " + reply.status())
          .answered(reply.status());
    }
    if (reply.status() != 200) {
      throw new PortalException(
              FailureReason.http(reply.status()), uri + " answered " + reply.status())
          .answered(reply.status());
    }
    return Optional.of(reply.spooled());
  }

  /** The end of a session may be reported instead of a document, too. */
  private static boolean isSessionOver(Download download) {
    if (download.size() > LONGEST_FAILURE) {
      return false;
    }
    try {
      return EcourtsAnswer.of(Files.readAllBytes(download.file()))
          .filter(EcourtsAnswer::isSessionOver)
          .isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException("the spooled file could not be read", e);
    }
  }

  private RuntimeException refusal(EcourtsAnswer answer, String asked, FailureReason reason) {
    String said = answer.objection().orElse("neither a result nor a reason");
    return answer.namesACaptcha()
        ? searchCaptcha(said)
        : new PortalException(reason, "%s: the portal answered \"%s\"".formatted(asked, said))
            .answered(EcourtsWire.OK);
  }

  private CaptchaException searchCaptcha(String said) {
    String image = wire.searchImage();
    challenge = this::answerSearch;
    return new CaptchaException("the search asks for a captcha: " + said, image);
  }

  private CaptchaException documentCaptcha(String html, String id, EcourtsDocument document) {
    String image =
        EcourtsHtml.parse(html)
            .map(page -> page.selectFirst("img#captcha_image_pdf, img[src*=securimage]"))
            .map(picture -> wire.image(picture.attr("src")))
            .orElseThrow(
                () -> new SessionException("the portal asks for a captcha, but names no image"));
    challenge = captcha -> answerDocument(captcha, id, document);
    return new CaptchaException("the document asks for a captcha", image);
  }

  @Override
  public synchronized void answer(String captcha) {
    Challenge asked = challenge;
    challenge = null;
    if (asked != null) {
      asked.answer(captcha);
    }
  }

  private void answerSearch(String captcha) {
    Optional<EcourtsAnswer> answer =
        wire.callOnce(SEARCH_CAPTCHA, dialect.forms().captcha(captcha), FailureReason.UNREADABLE);
    if (answer.filter(EcourtsAnswer::isWrongCaptcha).isPresent()) {
      throw searchCaptcha("the answer was wrong");
    }
  }

  private void answerDocument(String captcha, String id, EcourtsDocument document) {
    Optional<EcourtsAnswer> answer =
        wire.callOnce(
            OPEN_WITH_ANSWER, dialect.forms().document(document, captcha), FailureReason.NOT_PDF);
    if (answer.isEmpty()) {
      return; // the session has ended, and so has its captcha
    }
    if (answer.get().outputFile().isPresent()) {
      keep(id, answer.get().outputFile().get());
    } else if (answer.get().captchaHtml().isPresent()) {
      throw documentCaptcha(answer.get().captchaHtml().get(), id, document);
    } else if (answer.get().isWrongCaptcha()) {
      keep(id, open(id, document)); // throws again, with a new image, if the answer was wrong
    }
  }
}
