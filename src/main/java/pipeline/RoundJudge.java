package pipeline;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import model.Failure.Kind;
import model.FailureReason;
import model.web.WebAddress;

/**
 * Judges a round by its outcomes. A failure counts for a document only if its host and the store
 * respond at all, so that an outage costs time but no documents.
 *
 * <p>A pure function: one method per rule, in the order of {@link #RULES}; the first rule that
 * applies decides.
 */
final class RoundJudge {
  private static final List<Function<List<Outcome>, Optional<Verdict>>> RULES =
      List.of(
          RoundJudge::somethingIsBroken,
          RoundJudge::theStoreIsAway,
          RoundJudge::hostsAreSilent,
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

  /**
   * Applies even if the store has taken documents in this round: those uploads may have started
   * before it began to refuse.
   */
  private static Optional<Verdict> theStoreRefuses(List<Outcome> outcomes) {
    return last(
            Outcome.Failed.class,
            outcomes.stream()
                .filter(RoundJudge::isStoreFailure)
                .filter(outcome -> ((Outcome.Failed) outcome).failure().reason().isPresent())
                .toList())
        .map(failed -> new Verdict.StoreRefuses(failed.cause()));
  }

  /** The store's last failure, unless it has taken a document since. */
  private static Optional<Outcome.Failed> storeFailure(List<Outcome> outcomes) {
    Optional<Outcome.Failed> failure = Optional.empty();
    for (Outcome outcome : outcomes) {
      if (isStoreFailure(outcome)) {
        failure = Optional.of((Outcome.Failed) outcome);
      } else if (outcome instanceof Outcome.Stored) {
        failure = Optional.empty();
      }
    }
    return failure;
  }

  private static boolean isStoreFailure(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed && failed.failure().isStore();
  }

  /** Hosts were silent for a document, and have not responded for another one since. */
  private static Optional<Verdict> hostsAreSilent(List<Outcome> outcomes) {
    Set<WebAddress> silent = new LinkedHashSet<>();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Failed failed && !isUnasked(failed)) {
        silent.remove(failed.task().host()); // at least with a redirect, or it is added again
        if (failed.failure().isSilence()) {
          silent.add(failed.host());
        } else {
          silent.remove(failed.host());
        }
      } else if (outcome instanceof Outcome.Stored) {
        silent.remove(outcome.task().host());
      }
    }
    return silent.isEmpty() ? Optional.empty() : Optional.of(new Verdict.HostsSilent(silent));
  }

  /** Nothing was requested, so it says nothing about the host. */
  private static boolean isUnasked(Outcome.Failed failed) {
    return failed.failure().reason().filter(FailureReason.ROBOTS::equals).isPresent();
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
