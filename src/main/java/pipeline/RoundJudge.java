package pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import model.Failure.Kind;

/**
 * Judges a round by its outcomes. Failures count for documents only if portal and store respond at
 * all, so that an outage costs time but no documents.
 *
 * <p>A pure function: one method per rule, in the order of {@link #RULES}; the first rule that
 * applies decides.
 */
final class RoundJudge {
  private static final List<Function<List<Outcome>, Optional<Verdict>>> RULES =
      List.of(
          RoundJudge::somethingIsBroken,
          RoundJudge::theStoreIsAway,
          RoundJudge::thePortalIsSilent,
          RoundJudge::theStoreRefuses,
          RoundJudge::aPersonIsAsked);

  private RoundJudge() {}

  /**
   * @param outcomes outcomes of the round's documents, in the order in which they ended
   */
  static Verdict judge(List<Outcome> outcomes) {
    return RULES.stream()
        .flatMap(rule -> rule.apply(outcomes).stream())
        .findFirst()
        .orElseGet(Verdict.Settled::new);
  }

  private static Optional<Verdict> somethingIsBroken(List<Outcome> outcomes) {
    return last(Outcome.Broken.class, outcomes).map(broken -> new Verdict.Abort(broken.cause()));
  }

  private static Optional<Verdict> theStoreIsAway(List<Outcome> outcomes) {
    return storeFailure(outcomes)
        .filter(failed -> failed.failure().kind() == Kind.STORE_AWAY)
        .map(failed -> new Verdict.Abort(failed.cause()));
  }

  private static Optional<Verdict> theStoreRefuses(List<Outcome> outcomes) {
    return storeFailure(outcomes)
        .filter(failed -> failed.failure().kind() == Kind.STORE_REFUSED)
        .map(failed -> new Verdict.StoreRefuses());
  }

  /** A store that accepted a document in this round is well, whatever happened to the others. */
  private static Optional<Outcome.Failed> storeFailure(List<Outcome> outcomes) {
    return outcomes.stream().anyMatch(Outcome.Stored.class::isInstance)
        ? Optional.empty()
        : last(Outcome.Failed.class, outcomes.stream().filter(RoundJudge::isStoreFailure).toList());
  }

  private static boolean isStoreFailure(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed && failed.failure().isStore();
  }

  /** The portal was silent for a document, and has not responded for another one since. */
  private static Optional<Verdict> thePortalIsSilent(List<Outcome> outcomes) {
    boolean silent = false;
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Failed failed) {
        silent = failed.failure().isSilence();
      } else if (outcome instanceof Outcome.Stored) {
        silent = false;
      }
    }
    return silent ? Optional.of(new Verdict.PortalSilent()) : Optional.empty();
  }

  private static Optional<Verdict> aPersonIsAsked(List<Outcome> outcomes) {
    return last(Outcome.Captcha.class, outcomes)
        .map(captcha -> new Verdict.AskPerson(captcha.asked()));
  }

  private static <T extends Outcome> Optional<T> last(Class<T> kind, List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .reduce((before, after) -> after);
  }
}
