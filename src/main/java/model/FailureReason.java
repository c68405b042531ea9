package model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a document is not stored, as one of the words that manifests, ledger and API use. A new
 * reason is one line here; {@code web/reasons.js} and {@code docs/api.md} explain it to people.
 */
public final class FailureReason {
  private enum Effect {
    /** Tried without success; another attempt may help. */
    MAY_PASS,
    /** The same, but the portal did not respond, or asked to wait. */
    SILENCE,
    /** The portal says that no attempt will help. */
    FINAL,
    /** Never fetched, by rule. */
    REJECTION
  }

  private static final List<FailureReason> NAMED = new ArrayList<>();

  public static final FailureReason GONE = named("gone", Effect.FINAL);
  public static final FailureReason NOT_PDF = named("not_pdf", Effect.MAY_PASS);
  public static final FailureReason TRUNCATED = named("truncated", Effect.MAY_PASS);
  public static final FailureReason EMPTY = named("empty", Effect.MAY_PASS);
  public static final FailureReason TIMEOUT = named("timeout", Effect.SILENCE);
  public static final FailureReason CONNECT = named("connect", Effect.SILENCE);
  public static final FailureReason RESET = named("reset", Effect.SILENCE);
  public static final FailureReason STORE = named("store", Effect.MAY_PASS);
  public static final FailureReason MISMATCH = named("mismatch", Effect.MAY_PASS);
  public static final FailureReason FOREIGN_HOST = named("foreign_host", Effect.REJECTION);
  public static final FailureReason BAD_ADDRESS = named("bad_address", Effect.REJECTION);
  public static final FailureReason TOO_LARGE = named("too_large", Effect.REJECTION);
  public static final FailureReason ROBOTS = named("robots", Effect.REJECTION);
  public static final FailureReason WITHHELD = named("withheld", Effect.REJECTION);
  public static final FailureReason UNREADABLE = named("unreadable", Effect.REJECTION);

  private static final String HTTP = "http_";
  private static final Pattern HTTP_WORD = Pattern.compile(HTTP + "\\d{3}");

  /** The portal wants no requests for a while; documents are not tried meanwhile. */
  public static final FailureReason TOO_MANY_REQUESTS = http(429);

  private final String word;
  private final Effect effect;

  private FailureReason(String word, Effect effect) {
    this.word = word;
    this.effect = effect;
  }

  private static FailureReason named(String word, Effect effect) {
    FailureReason reason = new FailureReason(word, effect);
    NAMED.add(reason);
    return reason;
  }

  /** The reason for a response whose status is not 200, 404 or 410. */
  public static FailureReason http(int status) {
    boolean silence = status == 429 || status / 100 == 5;
    return new FailureReason(HTTP + status, silence ? Effect.SILENCE : Effect.MAY_PASS);
  }

  /** The reason for a word; empty if there is none. */
  public static Optional<FailureReason> of(String word) {
    return HTTP_WORD.matcher(word).matches()
        ? Optional.of(http(Integer.parseInt(word.substring(HTTP.length()))))
        : NAMED.stream().filter(reason -> reason.word.equals(word)).findFirst();
  }

  /**
   * The reason for a word, which a later version may have written: one that is unknown here counts
   * as a plain rejection or failure.
   *
   * @param isRejection whether the document is rejected rather than failed
   */
  public static FailureReason read(String word, boolean isRejection) {
    return of(word)
        .orElseGet(() -> new FailureReason(word, isRejection ? Effect.REJECTION : Effect.MAY_PASS));
  }

  /** All reasons, except those of HTTP statuses, of which there are many. */
  public static List<FailureReason> named() {
    return List.copyOf(NAMED);
  }

  /** All words, for a person who gave another one. */
  public static String allWords() {
    return NAMED.stream().map(reason -> reason.word).collect(Collectors.joining(", "))
        + ", http_<status>";
  }

  /** The word, such as {@code not_pdf} or {@code http_500}. */
  public String word() {
    return word;
  }

  /** Whether it is an HTTP status. */
  public boolean isHttp() {
    return word.startsWith(HTTP);
  }

  /** Whether a document with this reason is rejected by rule rather than failed. */
  public boolean isRejection() {
    return effect == Effect.REJECTION;
  }

  /** Whether another attempt cannot help, because the document is gone or rejected. */
  public boolean isFinal() {
    return effect == Effect.FINAL || effect == Effect.REJECTION;
  }

  /**
   * Whether it counts only when two attempts in a row ended with it: a file may be missing for a
   * moment, and a refusal may date from shortly before the store began to accept objects again.
   */
  public boolean needsSecondLook() {
    return equals(GONE) || equals(STORE);
  }

  /**
   * Whether the portal as a whole may be down, so that the failure does not count for the document
   * yet.
   */
  public boolean isSilence() {
    return effect == Effect.SILENCE;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FailureReason reason && reason.word.equals(word);
  }

  @Override
  public int hashCode() {
    return word.hashCode();
  }

  @Override
  public String toString() {
    return word;
  }
}
