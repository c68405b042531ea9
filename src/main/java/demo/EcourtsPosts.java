package demo;

import java.util.Optional;
import java.util.function.Supplier;

/** Answers what the portal's own script would send. */
final class EcourtsPosts {
  private final EcourtsSessions sessions;
  private final EcourtsListing listing;
  private final EcourtsDocuments documents;
  private final EcourtsRecord record;

  EcourtsPosts(
      EcourtsSessions sessions,
      EcourtsListing listing,
      EcourtsDocuments documents,
      EcourtsRecord record) {
    this.sessions = sessions;
    this.listing = listing;
    this.documents = documents;
    this.record = record;
  }

  /**
   * Answers one request. What does not come as the page sends it gets the page, what comes without
   * both cookies an {@code errormsg}, and the cookies of no living session {@code session_expire}.
   *
   * @param fault gives what this request must meet, if anything; asked when the portal would
   *     otherwise serve it
   */
  EcourtsAnswer answer(EcourtsRequest request, Supplier<Optional<EcourtsFault>> fault) {
    if (!request.isAjax()) {
      return EcourtsAnswer.html(EcourtsPages.search(""));
    }
    if (request.cookie(EcourtsRequest.SESSION_COOKIE).isEmpty()
        || request.cookie(EcourtsRequest.SECOND_COOKIE).isEmpty()) {
      return EcourtsAnswer.json("errormsg", "Cookies are disabled");
    }
    return sessions
        .admit(request)
        .map(session -> inTurn(request, session, fault))
        .orElseGet(EcourtsPosts::expired);
  }

  static EcourtsAnswer expired() {
    return EcourtsAnswer.json("session_expire", "Y");
  }

  private EcourtsAnswer inTurn(
      EcourtsRequest request, EcourtsSession session, Supplier<Optional<EcourtsFault>> fault) {
    if (!session.isAloneAtArrival()) {
      record.overlapped();
    }
    session.takeTurn();
    try {
      return sessions.afterAnswer(session, within(request, session, fault));
    } finally {
      session.endPost();
    }
  }

  private EcourtsAnswer within(
      EcourtsRequest request, EcourtsSession session, Supplier<Optional<EcourtsFault>> fault) {
    if (!session.accepts(request.form())) {
      return session.error("Invalid token. Please reload the page.");
    }
    EcourtsFault.Usual usual =
        new EcourtsFault.Usual(
            () -> right(request, session),
            session::error,
            () -> {
              sessions.end(session);
              return expired();
            });
    return fault.get().map(wrong -> wrong.answer(usual)).orElseGet(usual.right());
  }

  private EcourtsAnswer right(EcourtsRequest request, EcourtsSession session) {
    EcourtsForm form = request.form();
    try {
      return switch (request.kind()) {
        case LISTING -> listing.answer(form, session);
        case OPEN -> documents.open(form, session);
        case SOLVED_OPEN -> documents.openSolved(form, session);
        default -> check(form, session);
      };
    } catch (EcourtsForm.RefusedException refused) {
      return session.error(refused.getMessage());
    }
  }

  private EcourtsAnswer check(EcourtsForm form, EcourtsSession session) {
    form.require("search_opt", "PHRASE");
    boolean right = session.solves(form.matching("captcha", ".*"));
    record.answeredCaptcha(right);
    EcourtsAnswer answer = session.json("captcha_status", right ? "Y" : "N");
    if (!right) {
      return answer;
    }
    session.searchSolved();
    return sessions.renewCookie(session, answer);
  }
}
