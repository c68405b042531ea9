package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import model.Distribution;
import model.Failure;
import model.FailureClassifier;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import portal.Listing;
import portal.Row;

/** A setting with which the portal's pages would not be those of the plan. */
class PlanCheckTest extends PipelineTestSupport {
  private Exchange work(int page) {
    return template.send(
        "direct:page",
        exchange -> {
          pageOne(exchange);
          exchange.getMessage().setBody(page);
        });
  }

  private static Failure failure(Exchange page) {
    return FailureClassifier.classify(page.getException());
  }

  private static Listing listing(int page, int first, int count) {
    List<Row> rows =
        new ArrayList<>(
            IntStream.range(first, first + count).mapToObj(ScriptedPortal::row).toList());
    return new Listing(page, rows, OptionalLong.empty());
  }

  private PlanCheck plan() {
    return new PlanCheck(
        new PortalTotal(Distribution.of(1, 1, 30, 10), false, OptionalLong.empty()),
        ledger.documents(),
        true);
  }

  @Test
  void aPageThatRepeatsTheOneBeforeMakesTheScriptWaitUntilItDoesNot() {
    portal.lists(3);
    assertThat(work(1).getException()).isNull();

    Failure repeated = failure(work(2));
    assertThat(repeated.kind()).isEqualTo(Failure.Kind.PORTAL);
    assertThat(repeated.words())
        .startsWith("page 2 names the same 3 documents as page 1")
        .contains("{page0}")
        .contains("harvest.total-results");
    assertThat(manifest.getReceivedCounter()).isEqualTo(1);

    portal.lists(4); // one more than page 1 had
    assertThat(work(2).getException()).isNull();
  }

  @Test
  void aListThatMovedByAPageDoesNotCountAsARepetition() {
    PlanCheck plan = plan();
    plan.saw(1, listing(1, 1, 10));
    assertThat(plan.twin(listing(2, 1, 10))).as("worth a second look").hasValue(1);

    plan.require(listing(2, 1, 10), listing(1, 90, 10)); // it has moved, and does not throw
  }

  @Test
  void onlyIdenticalPagesCountAsARepetition() {
    PlanCheck plan = plan();
    plan.saw(1, listing(1, 1, 10));

    assertThat(plan.twin(listing(2, 2, 10))).as("nine of ten").isEmpty();
    assertThat(plan.twin(listing(2, 1, 9))).as("fewer").isEmpty();
    assertThat(plan.twin(listing(2, 1, 11))).as("more").isEmpty();
    assertThat(plan.twin(listing(2, 1, 0))).as("an empty last page").isEmpty();
    assertThat(plan.twin(listing(3, 1, 10))).as("not the page before").isEmpty();
    assertThat(plan.twin(listing(1, 1, 10))).as("the page itself, again").isEmpty();
  }

  @Test
  void onePageOfOneDocumentThatIsListedTwiceIsNoRepetition() {
    PlanCheck plan = plan();
    plan.saw(1, listing(1, 1, 1));

    assertThat(plan.twin(listing(2, 1, 1))).isEmpty();
  }

  @Test
  void theFirstPageOfAScriptIsComparedWithThoseOfTheOtherScripts() {
    PlanCheck plan = plan();
    plan.saw(2, listing(3, 1, 10));

    assertThat(plan.twin(listing(2, 1, 10))).isEqualTo(OptionalInt.of(3));
    assertThat(plan.twin(listing(4, 1, 10))).isEqualTo(OptionalInt.of(3));
  }

  @Test
  void aRestartForgetsNothing() {
    portal.lists(3);
    assertThat(work(1).getException()).isNull();

    assertThat(plan().twin(listing(2, 1, 3))).hasValue(1);
  }

  @Test
  void anyExceptionOfAListingMakesTheScriptWaitAndNamesTheCause() {
    portal.lists(1);
    portal.onList(
        () -> {
          throw new StackOverflowError();
        });
    assertThat(failure(work(1)).kind()).isEqualTo(Failure.Kind.PORTAL);

    portal.onList(ScriptedPortal.fails(new IllegalArgumentException("no such entity: &x;")));
    Exchange page = work(1);
    assertThat(failure(page).kind()).isEqualTo(Failure.Kind.PORTAL);
    assertThat(failure(page).words()).isEqualTo("page 1 could not be read: no such entity: &x;");
  }
}
