package demo.ecourts;

import java.util.Optional;
import java.util.function.Supplier;

/** Handles the requests that the portal's own script sends. */
final class PostHandler {
  private final SimulatedSessions sessions;
  private final ListingHandler listing;
  private final DocumentHandler documents;
  private final PortalRecord record;

  PostHandler(
      SimulatedSessions sessions,
      ListingHandler listing,
      DocumentHandler documents,
      PortalRecord record) {
    this.sessions = sessions;
    this.listing = listing;
    this.documents = documents;
    this.record = record;
  }

  /**
   * Handles one request. A request that the page would not send gets the page; one without both
   * cookies gets an {@code errormsg}, and one with the cookies of a dead session {@code
   * session_expire}.
   *
   * @param fault the fault for this request, if any; called only if the portal would otherwise
   *     serve it
   */
  PortalAnswer answer(PortalRequest request, Supplier<Optional<PortalFault>> fault) {
    if (!request.isAjax()) {
      return PortalAnswer.html(PortalPages.search(""));
    }
    if (request.cookie(PortalRequest.SESSION_COOKIE).isEmpty()
        || request.cookie(PortalRequest.SECOND_COOKIE).isEmpty()) {
      return PortalAnswer.json("errormsg", "Cookies are disabled");
    }
    return sessions
        .admit(request)
        .map(session -> inTurn(request, session, fault))
        .orElseGet(PostHandler::expired);
  }

  static PortalAnswer expired() {
    return PortalAnswer.json("session_expire", "Y");
  }

  private PortalAnswer inTurn(
      PortalRequest request, SimulatedSession session, Supplier<Optional<PortalFault>> fault) {
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

  private PortalAnswer within(
      PortalRequest request, SimulatedSession session, Supplier<Optional<PortalFault>> fault) {
    if (!session.accepts(request.form())) {
      return session.error("Invalid token. Please reload the page.");
    }
    PortalFault.Usual usual =
        new PortalFault.Usual(
            () -> right(request, session),
            session::error,
            () -> {
              sessions.end(session);
              return expired();
            });
    return fault.get().map(wrong -> wrong.answer(usual)).orElseGet(usual.right());
  }

  private PortalAnswer right(PortalRequest request, SimulatedSession session) {
    SubmittedForm form = request.form();
    try {
      return switch (request.kind()) {
        case LISTING -> listing.answer(form, session);
        case OPEN -> documents.open(form, session);
        case SOLVED_OPEN -> documents.openSolved(form, session);
        default -> check(form, session);
      };
    } catch (SubmittedForm.RefusedException refused) {
      return session.error(String.valueOf(refused.getMessage()));
    }
  }

  private PortalAnswer check(SubmittedForm form, SimulatedSession session) {
    form.require("search_opt", "PHRASE");
    boolean right = session.solves(form.matching("captcha", ".*"));
    record.answeredCaptcha(right);
    PortalAnswer answer = session.json("captcha_status", right ? "Y" : "N");
    if (!right) {
      return answer;
    }
    session.searchSolved();
    return sessions.renewCookie(session, answer);
  }
}
