package demo.ecourts;

import java.time.Duration;

/**
 * How {@link EcourtsPortal} behaves. {@link #good} is the best case, from which others are derived:
 *
 * <pre>{@code
 * PortalMoods.good().with(Captchas.afterDocuments(3)).withPlainRows()
 * }</pre>
 *
 * @param captchas when it asks for one
 * @param sessions how long they last, and how often their cookie changes
 * @param tokens whether {@code app_token} is needed
 * @param growth how the listing grows while it is read
 * @param plainRows whether every row is {@link RowShape#PLAIN}
 * @param addressLife how long the address of a document stays valid
 * @param robots the text of {@code robots.txt}
 */
public record PortalMoods(
    Captchas captchas,
    Sessions sessions,
    Tokens tokens,
    Growth growth,
    boolean plainRows,
    Duration addressLife,
    String robots) {

  /**
   * When the portal asks for a captcha.
   *
   * @param forSearch a session's listings are refused until it has solved one
   * @param freeDocuments how many documents a session may open before it must solve one, once
   */
  public record Captchas(boolean forSearch, int freeDocuments) {
    /** Never. */
    public static Captchas never() {
      return afterDocuments(Integer.MAX_VALUE);
    }

    /** For the first listing of each session. */
    public static Captchas onFirstSearch() {
      return new Captchas(true, Integer.MAX_VALUE);
    }

    /** For the next document after this many in a session. */
    public static Captchas afterDocuments(int documents) {
      return new Captchas(false, documents);
    }
  }

  /**
   * How long a session lasts.
   *
   * @param requests how many requests it serves after the page that opened it
   * @param life how long it lasts after that page
   * @param answersPerCookie after how many responses {@code JUDGEMENTSSEARCH_SESSID} is replaced
   */
  public record Sessions(int requests, Duration life, int answersPerCookie) {
    private static final Duration LONG = Duration.ofDays(1);

    /** A day, with one cookie, unless it solves a captcha. */
    public static Sessions lasting() {
      return new Sessions(Integer.MAX_VALUE, LONG, Integer.MAX_VALUE);
    }

    /** This many requests, with one cookie. */
    public static Sessions ofRequests(int requests) {
      return new Sessions(requests, LONG, Integer.MAX_VALUE);
    }

    /** This long, with one cookie. */
    public static Sessions ofLife(Duration life) {
      return new Sessions(Integer.MAX_VALUE, life, Integer.MAX_VALUE);
    }

    /** A day, with a new cookie after this many responses. */
    public static Sessions rotating(int answersPerCookie) {
      return new Sessions(Integer.MAX_VALUE, LONG, answersPerCookie);
    }
  }

  /** Whether {@code app_token} is needed. */
  public enum Tokens {
    /** Every JSON response carries a new one, which the next request must send. */
    IN_EVERY_ANSWER,
    /** The same, but an {@code errormsg} carries none and leaves the old one valid. */
    NOT_WITH_ERRORS,
    /** None is sent or checked. */
    NONE
  }

  /**
   * How the listing grows at its front while it is read.
   *
   * @param by how many judgments are added each time
   * @param listings after how many listings
   */
  public record Growth(int by, int listings) {
    /** No growth. */
    public static Growth none() {
      return new Growth(0, 1);
    }
  }

  /**
   * No captchas, lasting sessions, tokens, rows of every shape, everything allowed by robots.txt.
   */
  public static PortalMoods good() {
    return new PortalMoods(
        Captchas.never(),
        Sessions.lasting(),
        Tokens.IN_EVERY_ANSWER,
        Growth.none(),
        false,
        Duration.ofMinutes(5),
        "User-agent: *\nAllow: /\n");
  }

  /** The same with these captchas. */
  public PortalMoods with(Captchas changed) {
    return new PortalMoods(changed, sessions, tokens, growth, plainRows, addressLife, robots);
  }

  /** The same with these sessions. */
  public PortalMoods with(Sessions changed) {
    return new PortalMoods(captchas, changed, tokens, growth, plainRows, addressLife, robots);
  }

  /** The same with these tokens. */
  public PortalMoods with(Tokens changed) {
    return new PortalMoods(captchas, sessions, changed, growth, plainRows, addressLife, robots);
  }

  /** The same with this growth. */
  public PortalMoods with(Growth changed) {
    return new PortalMoods(captchas, sessions, tokens, changed, plainRows, addressLife, robots);
  }

  /** The same with every row plain. */
  public PortalMoods withPlainRows() {
    return new PortalMoods(captchas, sessions, tokens, growth, true, addressLife, robots);
  }

  /** The same with this lifetime of document addresses. */
  public PortalMoods withAddressLife(Duration changed) {
    return new PortalMoods(captchas, sessions, tokens, growth, plainRows, changed, robots);
  }

  /** The same with this {@code robots.txt}. */
  public PortalMoods withRobots(String changed) {
    return new PortalMoods(captchas, sessions, tokens, growth, plainRows, addressLife, changed);
  }
}
