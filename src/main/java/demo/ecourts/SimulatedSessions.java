package demo.ecourts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions of the portal. Thread-safe. */
final class SimulatedSessions {
  private final PortalMoods moods;
  private final PortalRecord record;
  private final Map<String, SimulatedSession> living = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  SimulatedSessions(PortalMoods moods, PortalRecord record) {
    this.moods = moods;
    this.record = record;
  }

  synchronized SimulatedSession open() {
    SimulatedSession session = new SimulatedSession(record.openedSession(), moods);
    enter(session);
    return session;
  }

  private void enter(SimulatedSession session) {
    living.put(session.cookie(), session);
    numbers.put(session.cookie(), session.number());
  }

  /** The number of the session that this request's cookie belongs or belonged to; 0 for none. */
  synchronized int number(PortalRequest request) {
    return numbers.getOrDefault(request.cookie(PortalRequest.SESSION_COOKIE), 0);
  }

  /** The session of a request, which is counted; empty if the session has ended. */
  synchronized Optional<SimulatedSession> admit(PortalRequest request) {
    SimulatedSession session = living.get(request.cookie(PortalRequest.SESSION_COOKIE));
    if (session == null
        || !session.secondCookie().equals(request.cookie(PortalRequest.SECOND_COOKIE))) {
      return Optional.empty();
    }
    if (!session.admits()) {
      end(session);
      return Optional.empty();
    }
    return Optional.of(session);
  }

  synchronized void end(SimulatedSession session) {
    living.remove(session.cookie());
  }

  synchronized void endAll() {
    living.clear();
  }

  /** Both cookies, for the response that opens a session. */
  List<String> cookies(SimulatedSession session) {
    return List.of(
        cookie(session), PortalRequest.SECOND_COOKIE + "=" + session.secondCookie() + "; path=/");
  }

  private static String cookie(SimulatedSession session) {
    return PortalRequest.SESSION_COOKIE
        + "="
        + session.cookie()
        + "; path=/; HttpOnly; SameSite=Strict";
  }

  /** Adds a new cookie for the session to a response. */
  synchronized PortalAnswer renewCookie(SimulatedSession session, PortalAnswer answer) {
    if (living.remove(session.cookie()) == null) {
      return answer; // it has ended meanwhile
    }
    session.renewCookie();
    enter(session);
    return answer.withCookies(List.of(cookie(session)));
  }

  /** A response within a session, with a new cookie if the old one is due for replacement. */
  synchronized PortalAnswer afterAnswer(SimulatedSession session, PortalAnswer answer) {
    return session.isCookieDueAfterAnswer() ? renewCookie(session, answer) : answer;
  }
}
