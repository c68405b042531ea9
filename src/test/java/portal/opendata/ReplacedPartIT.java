package portal.opendata;

import static org.assertj.core.api.Assertions.assertThat;
import static portal.opendata.TestSource.PARTITION;
import static portal.opendata.TestSource.listed;
import static portal.opendata.TestSource.name;
import static portal.opendata.TestSource.names;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import model.FailureReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import portal.Dialect;
import portal.Row;
import testing.VirtualTicker;

/** Pages of a part that is gone or has changed since it was planned. */
class ReplacedPartIT {
  private static final String TAR = "data/tar/" + PARTITION + "/p.tar";

  @TempDir Path folder;

  private TestSource source;

  @BeforeEach
  void open() throws IOException {
    source = new TestSource(folder, new VirtualTicker());
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void theMembersOfTheReplacementAreUsed() {
    source.part("p.tar", names(1, 10));
    Dialect.Session session = source.session();
    source.complete(1, session.list(1).rows());
    source.source.delete(TAR);
    source.index.remove("p.tar");
    source.index.put("new.tar", List.of(names(1, 13)));
    source.tar("new.tar", names(1, 13));
    Dialect.Session after = source.session();
    assertThat(listed(after.list(2))).containsExactly(names(5, 8));
    source.complete(2, after.list(2).rows());
    assertThat(listed(source.session().list(3))).containsExactly(names(9, 13));
    assertThat(listed(after.list(3))).containsExactly(names(9, 13));
  }

  @Test
  void aPartWithAnotherVersionIsReadFromTheStart() {
    source.part("p.tar", names(1, 8));
    Dialect.Session session = source.session();
    source.complete(1, session.list(1).rows());
    source.tar("p.tar", name(20), name(3), name(7), name(8), name(1), name(5));
    source.plan.set(0, new Slice(PARTITION, "p.tar", "the-planned-one", 1, 2, List.of()));
    assertThat(listed(source.session().list(2)))
        .containsExactly(name(20), name(7), name(8), name(5), name(6));
  }

  @Test
  void pagesLeaveEachOtherADocumentIfTheReplacementHasFewer() {
    source.part("p.tar", names(1, 20));
    source.complete(1, source.session().list(1).rows());
    replace("new.tar", names(1, 11));
    Dialect.Session session = source.session();
    List<Row> second = session.list(2).rows();
    assertThat(second).extracting(TestSource::nameOf).containsExactly(names(5, 8));
    source.complete(2, second);
    assertThat(listed(session.list(3))).containsExactly(name(9));
    assertThat(listed(session.list(4))).containsExactly(name(10));
    assertThat(listed(session.list(5))).containsExactly(name(11));
    Dialect.Session after = source.session();
    assertThat(listed(after.list(4))).containsExactly(name(10));
    assertThat(listed(after.list(5))).containsExactly(name(11));
  }

  @Test
  void aPageForWhichNothingIsLeftHasOneRowThatSaysSo() {
    source.part("p.tar", names(1, 12));
    source.complete(1, source.session().list(1).rows());
    replace("new.tar", names(2, 5));
    Dialect.Session session = source.session();
    source.complete(2, session.list(2).rows());
    assertThat(session.list(3).rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.rejection()).isEqualTo(FailureReason.UNREADABLE);
              assertThat(row.facts().get("raw")).contains("p.tar was replaced");
            });
  }

  @Test
  void thePagesOfAPartThatWasTakenAwayHaveARowEachThatSaysSo() {
    source.part("p.tar", names(1, 8));
    source.index.clear();
    source.source.delete(TAR);
    Dialect.Session session = source.session();
    for (int page = 1; page <= 2; page++) {
      assertThat(session.list(page).rows())
          .extracting(Row::rejection)
          .containsExactly(FailureReason.UNREADABLE);
    }
  }

  @Test
  void aPageWhoseNamesTheIndexHasLostSinceHasOneRowThatSaysSo() {
    source.part("p.tar", names(1, 8));
    source.tar("p.tar", names(1, 4));
    source.index.put("p.tar", List.of(names(1, 4)));
    Dialect.Session session = source.session();
    source.complete(1, session.list(1).rows());
    assertThat(session.list(2).rows())
        .extracting(Row::rejection)
        .containsExactly(FailureReason.UNREADABLE);
  }

  @Test
  void aTarThatTheIndexNamesAndTheSourceLacksIsAskedForOnce() {
    source.index.put("lost.tar", List.of(names(20, 23)));
    source.part("p.tar", names(1, 8));
    replace("new.tar", names(1, 9));
    Dialect.Session session = source.session();
    assertThat(listed(session.list(1))).containsExactly(names(1, 4));
    source.complete(1, session.list(1).rows());
    assertThat(listed(session.list(2))).containsExactly(names(5, 9));
    assertThat(source.source.requests())
        .filteredOn(request -> request.contains("lost.tar"))
        .hasSize(1);
  }

  @Test
  void whatCameInThePartsPlaceIsTakenThoughASweepHasPlannedIt() {
    source.part("p.tar", names(1, 8));
    replace("new.tar", names(1, 9));
    source.plan("new.tar", 9);
    source.grown.add("new.tar");
    Dialect.Session session = source.session();
    assertThat(listed(session.list(1))).containsExactly(names(1, 4));
    source.complete(1, session.list(1).rows());
    assertThat(listed(session.list(2))).containsExactly(names(5, 9));
    assertThat(listed(session.list(3))).containsExactly(names(1, 4));
  }

  @Test
  void whatTheReplacementLacksIsReadAsObjects() {
    source.part("p.tar", names(1, 6));
    source.complete(1, source.session().list(1).rows());
    replace("new.tar", names(1, 5));
    source.index.put("new.tar", List.of(names(1, 7)));
    source.object(name(7));
    assertThat(listed(source.session().list(2))).containsExactly(names(5, 7));
  }

  @Test
  void aPartThatIsLostWithItsNamesIsReadAsTheObjectsThatNoPartNames() {
    source.part("p.tar", names(1, 8));
    source.index.remove("p.tar");
    source.source.delete(TAR);
    source.index.put("other.tar", List.of(name(7)));
    source.plan.add(new Slice(PARTITION, "other.tar", "", 3, 1, List.of()));
    for (String name : names(1, 7)) {
      source.object(name);
    }
    Dialect.Session session = source.session();
    assertThat(listed(session.list(1))).containsExactly(names(1, 4));
    assertThat(listed(session.list(2))).containsExactly(names(5, 6));
  }

  @Test
  void aPartThatIsReplacedWhileItIsReadIsContinuedInTheReplacement() {
    source.part("p.tar", names(1, 8));
    source.source.cutAfter = request -> request.contains("/p.tar") ? 11_000 : -1;
    Dialect.Session session = source.session();
    session.list(1);
    source.source.delete(TAR);
    source.index.clear();
    source.index.put("new.tar", List.of(names(1, 9)));
    source.tar("new.tar", names(1, 9));
    List<Row> rows = new ArrayList<>(session.list(2).rows());
    assertThat(rows).extracting(TestSource::nameOf).contains(names(5, 9));
  }

  private void replace(String tar, String... members) {
    source.source.delete(TAR);
    source.index.remove("p.tar");
    source.index.put(tar, List.of(members));
    source.tar(tar, members);
  }
}
