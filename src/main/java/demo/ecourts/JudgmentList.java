package demo.ecourts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The judgments of the eCourts portal in the order of its listing, newest first. Thread-safe. */
final class JudgmentList {
  private final boolean plain;
  private final List<EcourtsJudgment> inOrder = new ArrayList<>();
  private final Map<String, EcourtsJudgment> byPath = new HashMap<>();
  private int newest;

  /**
   * @param documents judgments of the High Courts, numbered from 1; there are a tenth as many
   *     Supreme Court judgments, at least one
   * @param plain whether all rows are {@link RowShape#PLAIN}
   */
  JudgmentList(int documents, boolean plain) {
    this.plain = plain;
    this.newest = documents;
    int before = EcourtsJudgment.BEFORE_SUPREME_COURT;
    IntStream.concat(
            IntStream.rangeClosed(1, documents),
            IntStream.rangeClosed(before + 1, before + Math.max(1, documents / 10)))
        .mapToObj(this::judgment)
        .forEach(judgment -> add(inOrder.size(), judgment));
  }

  /** The judgment with this number, listed or not. */
  EcourtsJudgment judgment(int number) {
    return plain ? new EcourtsJudgment(number, RowShape.PLAIN) : EcourtsJudgment.of(number);
  }

  private void add(int place, EcourtsJudgment judgment) {
    inOrder.add(place, judgment);
    judgment.path().ifPresent(path -> byPath.put(path, judgment));
  }

  /** Inserts new judgments at the front, numbered on from the highest High Court number. */
  synchronized void grow(int by) {
    for (int i = 0; i < by; i++) {
      newest++;
      add(0, judgment(newest));
    }
  }

  synchronized List<EcourtsJudgment> find(SearchFilter search) {
    return inOrder.stream().filter(search::matches).toList();
  }

  synchronized Optional<EcourtsJudgment> withPath(String path) {
    return Optional.ofNullable(byPath.get(path));
  }
}
