package demo.opendata;

import demo.ecourts.EcourtsJudgment;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The documents that the bucket covers, each with its partition and its defect. */
final class SourceCatalogue {
  private static final Map<String, List<String>> BENCHES =
      Map.of(
          "27_1", List.of("newas", "newos", "testcase"),
          "9_13", List.of("cishclko", "cisdb_16012018"),
          "33_10", List.of("mdubench", "hc_cis_mas"),
          "24_17", List.of("taphc"));

  /** One document in this many has a given defect, but at least one. */
  private static final int ONE_IN = 100;

  private final Set<SourceDefect> defects;
  private final List<SourceDocument> documents = new ArrayList<>();

  /**
   * @param judgments numbered from 1
   */
  SourceCatalogue(long seed, int judgments, Set<SourceDefect> defects) {
    this.defects = defects;
    Map<Integer, SourceDefect> wrong = chosen(new Random(seed), judgments);
    IntStream.rangeClosed(1, judgments)
        .mapToObj(EcourtsJudgment::of)
        .forEach(judgment -> add(judgment, wrong.get(judgment.number())));
  }

  private Map<Integer, SourceDefect> chosen(Random random, int judgments) {
    List<Integer> withPath = new ArrayList<>();
    List<Integer> withheld = new ArrayList<>();
    for (int number = 1; number <= judgments; number++) {
      EcourtsJudgment judgment = EcourtsJudgment.of(number);
      if (judgment.shape().hasPath()) {
        withPath.add(number);
      } else if (!judgment.shape().isUnreadable()) {
        withheld.add(number);
      }
    }
    Collections.shuffle(withPath, random);
    Collections.shuffle(withheld, random);
    Deque<Integer> free = new ArrayDeque<>(withPath);
    Map<Integer, SourceDefect> chosen = new HashMap<>();
    for (SourceDefect defect : SourceDefect.ofDocuments()) {
      Deque<Integer> from = defect == SourceDefect.WITHHELD ? new ArrayDeque<>(withheld) : free;
      for (int i = 0; i < Math.max(1, judgments / ONE_IN) && !from.isEmpty(); i++) {
        int number = from.removeFirst();
        if (defects.contains(defect)) {
          chosen.put(number, defect);
        }
      }
    }
    return chosen;
  }

  private void add(EcourtsJudgment judgment, @Nullable SourceDefect defect) {
    if (!judgment.shape().hasPath()) {
      if (defect == SourceDefect.WITHHELD) {
        String name = "%s_1_%s".formatted(judgment.cnr(), judgment.decided());
        add(judgment, partition(judgment, 0), name, null, defect);
      }
      return;
    }
    String link = link(judgment, defect);
    add(judgment, partition(judgment, 0), name(link), link, defect);
    if (defect == SourceDefect.THREE_ORDERS) {
      for (int order = 11; order <= 12; order++) {
        String further =
            link.replaceAll("[_ ]\\d+[_ ](?=\\d{4}-\\d\\d-\\d\\d)", "_" + order + "_")
                .replace(" order ", "_");
        add(judgment, partition(judgment, 0), name(further), further, defect);
      }
    } else if (defect == SourceDefect.LINK_IN_TWO_BENCHES) {
      add(judgment, partition(judgment, 1), name(link), link, defect);
    } else if (defect == SourceDefect.NAME_IN_TWO_BENCHES) {
      String elsewhere = link.replace("court/cnrorders/", "court/cnrorders/second");
      add(judgment, partition(judgment, 1), name(elsewhere), elsewhere, defect);
    }
  }

  private void add(
      EcourtsJudgment judgment,
      SourcePartition partition,
      String name,
      @Nullable String link,
      @Nullable SourceDefect defect) {
    documents.add(SourceDocument.of(judgment.number(), partition, name, link, defect));
  }

  private static String link(EcourtsJudgment judgment, @Nullable SourceDefect defect) {
    String path = judgment.path().orElseThrow();
    LocalDate decided = judgment.decided();
    if (defect == SourceDefect.ODD_DATE) {
      return path.replace(decided.toString(), decided.withYear(2046).toString());
    }
    return defect == SourceDefect.LONG_NAME
        ? path.replace(".pdf", "_connected_with".repeat(6) + ".pdf")
        : path;
  }

  private static String name(String link) {
    return link.substring(link.lastIndexOf('/') + 1).replaceAll("\\.pdf$", "");
  }

  /**
   * @param further how many benches after the judgment's own
   */
  private SourcePartition partition(EcourtsJudgment judgment, int further) {
    String court = judgment.stateCode().replace('~', '_');
    List<String> benches =
        BENCHES.getOrDefault(court, List.of("bench")).stream()
            .filter(
                bench -> !bench.equals("testcase") || defects.contains(SourceDefect.TESTCASE_BENCH))
            .toList();
    int at = (judgment.number() / 7 + further) % benches.size();
    String bench = benches.size() == 1 && further > 0 ? "hcother" : benches.get(at);
    return new SourcePartition(judgment.decided().getYear(), court, bench);
  }

  List<SourceDocument> documents() {
    return List.copyOf(documents);
  }
}
