package demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions of the portal. Safe for use by many threads. */
final class EcourtsSessions {
  private final EcourtsMoods moods;
  private final EcourtsRecord record;
  private final Map<String, EcourtsSession> living = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  EcourtsSessions(EcourtsMoods moods, EcourtsRecord record) {
    this.moods = moods;
    this.record = record;
  }

  synchronized EcourtsSession open() {
    EcourtsSession session = new EcourtsSession(record.openedSession(), moods);
    enter(session);
    return session;
  }

  private void enter(EcourtsSession session) {
    living.put(session.cookie(), session);
    numbers.put(session.cookie(), session.number());
  }

  /** The number of the session to which this request's cookie belongs or belonged; 0 for none. */
  synchronized int number(EcourtsRequest request) {
    return numbers.getOrDefault(request.cookie(EcourtsRequest.SESSION_COOKIE), 0);
  }

  /** The session of a request, which is one request older by that; empty when it has ended. */
  synchronized Optional<EcourtsSession> admit(EcourtsRequest request) {
    EcourtsSession session = living.get(request.cookie(EcourtsRequest.SESSION_COOKIE));
    if (session == null
        || !session.secondCookie().equals(request.cookie(EcourtsRequest.SECOND_COOKIE))) {
      return Optional.empty();
    }
    if (!session.admits()) {
      end(session);
      return Optional.empty();
    }
    return Optional.of(session);
  }

  synchronized void end(EcourtsSession session) {
    living.remove(session.cookie());
  }

  synchronized void endAll() {
    living.clear();
  }

  /** Both cookies, for the answer that opens a session. */
  List<String> cookies(EcourtsSession session) {
    return List.of(
        cookie(session), EcourtsRequest.SECOND_COOKIE + "=" + session.secondCookie() + "; path=/");
  }

  private static String cookie(EcourtsSession session) {
    return EcourtsRequest.SESSION_COOKIE
        + "="
        + session.cookie()
        + "; path=/; HttpOnly; SameSite=Strict";
  }

  /** Gives a session a new cookie, within an answer. */
  synchronized EcourtsAnswer renewCookie(EcourtsSession session, EcourtsAnswer answer) {
    if (living.remove(session.cookie()) == null) {
      return answer; // it has ended meanwhile
    }
    session.renewCookie();
    enter(session);
    return answer.withCookies(List.of(cookie(session)));
  }

  /** An answer within a session, with a new cookie when the old one has served for its time. */
  synchronized EcourtsAnswer afterAnswer(EcourtsSession session, EcourtsAnswer answer) {
    return session.isCookieDueAfterAnswer() ? renewCookie(session, answer) : answer;
  }
}
