package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import model.Distribution;
import model.Failure;
import model.FailureClassifier;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
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
    return new PlanCheck(Distribution.of(1, 1, 30, 10), ledger);
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
  void aListThatMovedByAPageIsNoRepetition() {
    PlanCheck plan = plan();
    plan.saw(1, listing(1, 1, 10));
    assertThat(plan.twin(listing(2, 1, 10))).as("worth a second look").hasValue(1);

    plan.require(listing(2, 1, 10), listing(1, 90, 10)); // it has moved, and does not throw
  }

  @Test
  void onlyAllTheSameCounts() {
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

  @ParameterizedTest
  @ValueSource(longs = {20, 31, 453, 9_000_000_000_000_000_000L})
  void aTotalThatDoesNotFitThePlanIsToldOnce(long total) {
    PlanCheck plan = plan();
    List<String> told = told(plan, total);

    assertThat(told).hasSize(1);
    assertThat(told.get(0))
        .contains(String.format(Locale.ROOT, "lists %,d documents", total))
        .contains("configured are 30 in 3 pages")
        .contains("harvest.total-results");
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 29, 30})
  void aTotalThatFitsThePlanIsNotWorthAWord(long total) {
    assertThat(told(plan(), total)).isEmpty();
  }

  private static List<String> told(PlanCheck plan, long total) {
    Logger log = (Logger) LoggerFactory.getLogger(PlanCheck.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Level before = log.getLevel();
    log.setLevel(Level.WARN);
    log.addAppender(lines);
    try {
      plan.saw(1, new Listing(1, listing(1, 1, 10).rows(), OptionalLong.of(total)));
      plan.saw(1, new Listing(2, listing(2, 11, 10).rows(), OptionalLong.of(total)));
    } finally {
      log.detachAppender(lines);
      log.setLevel(before);
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void whateverAListingProvokesMakesTheScriptWaitWithTheWordsOfTheCause() {
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
