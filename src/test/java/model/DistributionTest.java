package model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import model.Assignment.Share;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DistributionTest {

  @Test
  void theDefaultsGiveTheKnownTable() {
    Distribution work = Distribution.of(4, 66, 16_886_658, 100);

    assertThat(work.pages()).isEqualTo(168_867);
    assertThat(work.pagesPerScript()).isEqualTo(2_559);
    assertThat(work.script(1).flatMap(Script::pages)).contains(new PageRange(1, 2_559));
    assertThat(work.script(66).flatMap(Script::pages)).contains(new PageRange(166_336, 168_867));
    assertThat(List.of(1, 2, 3, 4))
        .extracting(id -> firstAndLast(work, id))
        .containsExactly("1-17", "18-34", "35-51", "52-66");
    assertThat(List.of(1, 2, 3, 4))
        .extracting(id -> work.pagesOf(id).orElseThrow())
        .containsExactly(
            new PageRange(1, 43_503),
            new PageRange(43_504, 87_006),
            new PageRange(87_007, 130_509),
            new PageRange(130_510, 168_867));
  }

  private static String firstAndLast(Distribution work, int instance) {
    List<Script> scripts = work.scriptsOf(instance);
    return scripts.get(0).id() + "-" + scripts.get(scripts.size() - 1).id();
  }

  @Test
  void theLastPageMayBePartlyFilled() {
    Distribution work = Distribution.of(1, 2, 95, 10);

    assertThat(work.results(new PageRange(1, 9))).isEqualTo(90);
    assertThat(work.results(new PageRange(10, 10))).isEqualTo(5);
    assertThat(work.results(new PageRange(10, 12))).isEqualTo(5);
    assertThat(work.results(new PageRange(11, 12))).isZero();
  }

  @Test
  void givenPagesLimitTheResultsThatAreCounted() {
    Distribution fewer = Distribution.of(1, 2, 1000, 10, 5, Assignment.evenly(2, 1));
    assertThat(fewer.totalResults()).isEqualTo(50);
    assertThat(fewer.script(2).flatMap(Script::pages)).contains(new PageRange(4, 5));

    Distribution more = Distribution.of(1, 2, 35, 10, 8, Assignment.evenly(2, 1));
    assertThat(more.totalResults()).isEqualTo(35);
    assertThat(more.results(new PageRange(5, 8))).isZero();
  }

  @Test
  void scriptsBeyondTheLastPageHaveNoPages() {
    Distribution work = Distribution.of(2, 4, 50, 10);

    assertThat(work.pagesPerScript()).isEqualTo(2);
    assertThat(work.script(3).flatMap(Script::pages)).contains(new PageRange(5, 5));
    assertThat(work.script(4)).isPresent().get().extracting(Script::range).isNull();
    assertThat(work.pagesOf(2)).contains(new PageRange(5, 5));
  }

  @Test
  void fiveScriptsOnFourInstancesLeaveTheLastInstanceWithoutWork() {
    Distribution work = Distribution.of(4, 5, 500, 10);

    assertThat(IntStream.rangeClosed(1, 4).map(id -> work.scriptsOf(id).size()))
        .containsExactly(2, 2, 1, 0);
    assertThat(work.pagesOf(4)).isEmpty();
  }

  @Test
  void aGivenAssignmentIsKept() {
    Distribution work =
        Distribution.of(
            2, 5, 500, 10, 50, new Assignment(List.of(new Share(2, 5), new Share(1, 1))));

    assertThat(work.scriptsOf(1)).extracting(Script::id).containsExactly(2, 3, 4, 5);
    assertThat(work.pagesOf(2)).contains(new PageRange(1, 10));
  }

  @Test
  void anAssignmentMustContainEveryScriptOnce() {
    assertAssignmentFails("leaves out script 3", new Share(1, 2), new Share(4, 5));
    assertAssignmentFails("names script 2 twice", new Share(1, 2), new Share(2, 5));
    assertAssignmentFails("names script 6 of 5", new Share(1, 2), new Share(3, 6));
  }

  private static void assertAssignmentFails(String message, Share... assignment) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distribution.of(2, 5, 500, 10, 50, new Assignment(List.of(assignment))))
        .withMessageContaining(message);
  }

  @Test
  void noScriptHasANumberOutsideTheRange() {
    Distribution work = Distribution.of(1, 3, 30, 10);

    assertThat(work.script(0)).isEmpty();
    assertThat(work.script(4)).isEmpty();
    assertThat(work.scriptsOf(2)).isEmpty();
  }

  @Test
  void morePagesThanANumberCanHoldAreRefused() {
    assertThatThrownBy(() -> Distribution.pagesFor(Long.MAX_VALUE, 1))
        .isInstanceOf(ArithmeticException.class);
  }

  @Property
  void everyPageBelongsToExactlyOneScript(
      @ForAll @IntRange(min = 1, max = 300) int scripts,
      @ForAll @LongRange(min = 1, max = 50_000) long results,
      @ForAll @IntRange(min = 1, max = 200) int pageSize) {
    Distribution work = Distribution.of(3, scripts, results, pageSize);

    assertThat(
            work.scripts().stream()
                .flatMap(s -> s.pages().stream())
                .flatMapToInt(this::each)
                .toArray())
        .isEqualTo(IntStream.rangeClosed(1, work.pages()).toArray());
    assertThat(work.scripts().stream().flatMap(s -> s.pages().stream()).mapToLong(work::results))
        .allMatch(share -> share > 0)
        .satisfies(
            shares ->
                assertThat(shares.stream().mapToLong(Long::longValue).sum()).isEqualTo(results));
  }

  private IntStream each(PageRange range) {
    return IntStream.rangeClosed(range.first(), range.last());
  }

  @Property
  void theScriptOfAPageIsTheOneWhoseRangeContainsIt(
      @ForAll @IntRange(min = 1, max = 300) int scripts,
      @ForAll @IntRange(min = 1, max = 300) int pages) {
    Distribution work = Distribution.of(1, scripts, pages, 1);

    for (Script script : work.scripts()) {
      script
          .pages()
          .ifPresent(
              range -> assertThat(each(range)).allMatch(p -> work.scriptOfPage(p) == script));
    }
    assertThat(work.scriptOfPage(pages + 1000)).isSameAs(work.scriptOfPage(pages));
  }

  @Property
  void everyScriptIsOnExactlyOneInstance(
      @ForAll @IntRange(min = 1, max = 300) int scripts,
      @ForAll @IntRange(min = 1, max = 40) int instances) {
    Distribution work = Distribution.of(instances, scripts, 100_000, 10);

    assertThat(
            IntStream.rangeClosed(1, instances)
                .boxed()
                .flatMap(id -> work.scriptsOf(id).stream())
                .map(Script::id))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, scripts).boxed().toList());
    assertThat(work.scripts()).allMatch(s -> s.instanceId() >= 1 && s.instanceId() <= instances);
  }

  @Property
  void theLargestNumbersDoNotOverflow(
      @ForAll @IntRange(min = 1, max = 1000) int scripts,
      @ForAll @IntRange(min = Integer.MAX_VALUE - 1000, max = Integer.MAX_VALUE) int pages) {
    Distribution work =
        Distribution.of(
            1, scripts, Long.MAX_VALUE, Integer.MAX_VALUE, pages, Assignment.evenly(scripts, 1));

    assertThat(work.pagesOf(1)).contains(new PageRange(1, pages));
    assertThat(work.results(new PageRange(1, pages))).isEqualTo((long) pages * Integer.MAX_VALUE);
  }

  private static Distribution ofParts(int scripts, SortedMap<Integer, Long> starts) {
    return Distribution.of(2, scripts, 95, 10, 14, Assignment.evenly(scripts, 2))
        .beginningAt(starts);
  }

  @Test
  void scriptsBeginWhereAPartBegins() {
    // 35, 8, 2 and 50 results: pages 1-4, 5, 6, 7-14 with room
    Distribution work = ofParts(4, new TreeMap<>(Map.of(1, 0L, 5, 35L, 6, 43L, 7, 45L)));

    assertThat(work.scripts())
        .extracting(Script::range)
        .containsExactly(new PageRange(1, 4), new PageRange(5, 14), null, null);
    assertThat(work.scriptOfPage(4).id()).isEqualTo(1);
    assertThat(work.scriptOfPage(5).id()).isEqualTo(2);
    assertThat(work.scriptOfPage(99).id()).isEqualTo(2);
    assertThat(work.pagesOf(1)).contains(new PageRange(1, 14));
    assertThat(work.pagesOf(2)).isEmpty();
  }

  @Test
  void theLastPageOfEachPartMayBePartlyFilled() {
    Distribution work = ofParts(2, new TreeMap<>(Map.of(1, 0L, 5, 35L, 6, 43L, 7, 45L)));

    assertThat(work.results(new PageRange(1, 4))).isEqualTo(35);
    assertThat(work.results(new PageRange(4, 4))).isEqualTo(5);
    assertThat(work.results(new PageRange(5, 6))).isEqualTo(10);
    assertThat(work.results(new PageRange(7, 14))).isEqualTo(50);
  }

  @Property
  void inAListOfPartsEveryPageBelongsToOneScriptThatBeginsWithAPart(
      @ForAll @IntRange(min = 1, max = 40) int scripts,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 9) Integer> parts) {
    TreeMap<Integer, Long> starts = new TreeMap<>();
    int pages = 0;
    for (int part : parts) {
      starts.put(pages + 1, pages * 10L);
      pages += part;
    }

    Distribution work =
        Distribution.of(3, scripts, pages * 10L, 10, pages, Assignment.evenly(scripts, 3))
            .beginningAt(starts);

    int next = 1;
    for (Script script : work.scripts()) {
      if (script.pages().isPresent()) {
        PageRange range = script.pages().get();
        assertThat(range.first()).isEqualTo(next).isIn(starts.keySet());
        assertThat(work.scriptOfPage(range.first())).isEqualTo(script);
        assertThat(work.scriptOfPage(range.last())).isEqualTo(script);
        next = range.last() + 1;
      }
    }
    assertThat(next).isEqualTo(pages + 1);
  }
}
