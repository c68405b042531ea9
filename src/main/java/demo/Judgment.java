package demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A fictional judgment, derived entirely from its number.
 *
 * @param number from 1
 */
public record Judgment(int number) {
  private static final List<String> COURTS =
      List.of(
          "High Court of the Northern Province",
          "High Court of the Eastern Province",
          "High Court of the Southern Province",
          "High Court of the Western Province");
  private static final List<String> CODES = List.of("NPHC", "EPHC", "SPHC", "WPHC");
  private static final List<String> KINDS =
      List.of("Civil Appeal", "Writ Petition", "Criminal Petition", "Second Appeal");
  private static final List<String> FIRST_PARTIES =
      List.of("A Weaver", "B Potter", "C Mason", "D Carter", "E Fisher", "F Smith", "G Miller");
  private static final List<String> SECOND_PARTIES =
      List.of("The State", "The Union Bank", "H Cooper", "The Water Board", "J Turner");
  private static final List<String> JUDGES =
      List.of("Justice One", "Justice Two", "Justice Three", "Justice Four", "Justice Five");
  private static final List<String> OUTCOMES = List.of("Dismissed", "Allowed", "Disposed of");
  private static final LocalDate FIRST_DAY = LocalDate.of(2010, 1, 4);

  /** Looks random, but is always the same for this number. */
  private <T> T pick(List<T> choices, int salt) {
    long mixed = (number * 31L + salt) * 0x9E3779B97F4A7C15L;
    return choices.get((int) ((mixed >>> 40) % choices.size()));
  }

  public String title() {
    return "%s %d of %d, %s v. %s"
        .formatted(
            pick(KINDS, 1),
            number,
            registered().getYear(),
            pick(FIRST_PARTIES, 2),
            pick(SECOND_PARTIES, 3));
  }

  public String cnr() {
    return "%s01%06d%d".formatted(pick(CODES, 4), number, registered().getYear());
  }

  public String court() {
    return pick(COURTS, 4);
  }

  public String judge() {
    return pick(JUDGES, 5);
  }

  public LocalDate registered() {
    return FIRST_DAY.plusDays(number % 5_000L);
  }

  public LocalDate decided() {
    return registered().plusDays(30 + number % 700L);
  }

  public String outcome() {
    return pick(OUTCOMES, 6);
  }

  String path() {
    return "/judgments/doc/" + number + ".pdf";
  }

  /** Paragraphs, enough for one or two pages. */
  List<String> text() {
    return IntStream.rangeClosed(1, 4 + number % 7).mapToObj(this::paragraph).toList();
  }

  private String paragraph(int place) {
    String[] sentences = {
      "This matter comes before the court on the petition registered on " + registered() + ".",
      "Learned counsel for both sides were heard at length, and the record was perused.",
      "The question that falls for decision is whether the order under challenge can stand.",
      "The facts lie in a narrow compass and are not in dispute between the parties.",
      "It is settled that the court does not weigh the evidence afresh at this stage.",
      "No ground is made out on which the finding of fact could be disturbed.",
      "The authorities that were cited turn on their own facts and do not carry the matter further.",
      "For these reasons the petition is " + outcome().toLowerCase(Locale.ROOT) + "."
    };
    StringBuilder text = new StringBuilder(place + ". ");
    for (int i = 0; i < 6; i++) {
      text.append(sentences[(number % sentences.length + place * 3 + i) % sentences.length])
          .append(' ');
    }
    return text.toString().strip();
  }
}
