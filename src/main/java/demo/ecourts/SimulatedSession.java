package demo.ecourts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import demo.ecourts.PortalMoods.Tokens;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** The session of one visitor. Thread-safe. */
final class SimulatedSession {
  private static final String COOKIE_LETTERS = "0123456789abcdefghijklmnopqrstuv";

  private final int number;
  private final PortalMoods moods;
  private final String secondCookie = RandomWords.word("123456789", 8);
  private final long opened = System.nanoTime();
  private final AtomicInteger posts = new AtomicInteger();
  private final ReentrantLock turn = new ReentrantLock();

  private String cookie = RandomWords.word(COOKIE_LETTERS, 26);
  private int requests;
  private int answersWithCookie;
  private String token = "";
  private String captcha = "";
  private boolean searchSolved;
  private boolean documentsSolved;
  private int documents;

  /**
   * @param number from 1
   */
  SimulatedSession(int number, PortalMoods moods) {
    this.number = number;
    this.moods = moods;
  }

  int number() {
    return number;
  }

  synchronized String cookie() {
    return cookie;
  }

  String secondCookie() {
    return secondCookie;
  }

  /** Replaces the cookie; the old one becomes invalid. */
  synchronized void renewCookie() {
    cookie = RandomWords.word(COOKIE_LETTERS, 26);
    answersWithCookie = 0;
  }

  /** Counts a response, and returns whether the cookie must be replaced. */
  synchronized boolean isCookieDueAfterAnswer() {
    answersWithCookie++;
    return answersWithCookie >= moods.sessions().answersPerCookie();
  }

  /** Counts a request, and returns whether the session is still alive for it. */
  synchronized boolean admits() {
    requests++;
    Duration age = Duration.ofNanos(System.nanoTime() - opened);
    return requests <= moods.sessions().requests() && age.compareTo(moods.sessions().life()) < 0;
  }

  /** Records the arrival of a POST, and returns whether no other one is in progress. */
  boolean isAloneAtArrival() {
    return posts.incrementAndGet() == 1;
  }

  /** Waits until the previous POST is finished. */
  void takeTurn() {
    turn.lock();
  }

  /**
   * Ends a POST. Must be called before the response is sent, because the next POST may follow at
   * once.
   */
  void endPost() {
    turn.unlock();
    posts.decrementAndGet();
  }

  /** The newest token, empty before the first one. */
  synchronized String token() {
    return token;
  }

  synchronized boolean accepts(SubmittedForm form) {
    return moods.tokens() == Tokens.NONE || form.has("app_token", token);
  }

  /** JSON with a new token, where one is due. */
  synchronized PortalAnswer json(ObjectNode json) {
    if (moods.tokens() != Tokens.NONE) {
      token = RandomWords.hex(32);
      json.put("app_token", token);
    }
    return PortalAnswer.json(json);
  }

  /** JSON with one field, and a new token where one is due. */
  PortalAnswer json(String field, String value) {
    return json(JsonNodeFactory.instance.objectNode().put(field, value));
  }

  /** JSON that says what is wrong. */
  PortalAnswer error(String message) {
    return moods.tokens() == Tokens.NOT_WITH_ERRORS
        ? PortalAnswer.json("errormsg", message)
        : json("errormsg", message);
  }

  /** A new captcha, which invalidates the previous one. */
  synchronized String newCaptcha() {
    captcha = RandomWords.word(CaptchaPicture.ALPHABET, 6);
    return captcha;
  }

  /** Whether this is the answer to the newest captcha, which can be tried only once. */
  synchronized boolean solves(String answer) {
    boolean right = !captcha.isEmpty() && captcha.equalsIgnoreCase(answer);
    captcha = "";
    return right;
  }

  synchronized void searchSolved() {
    searchSolved = true;
  }

  synchronized boolean mustSolveToSearch() {
    return moods.captchas().forSearch() && !searchSolved;
  }

  synchronized void documentsSolved() {
    documentsSolved = true;
  }

  synchronized boolean mustSolveToOpen() {
    return documents >= moods.captchas().freeDocuments() && !documentsSolved;
  }

  synchronized void openedDocument() {
    documents++;
  }
}
