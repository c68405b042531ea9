package demo.ecourts;

import demo.Judgment;
import demo.JudgmentPdf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The judgment with a given number in {@link EcourtsPortal}, so that tests know what to expect.
 *
 * @param number from 1; those of the Supreme Court from 1,000,001
 * @param shape how its row is written
 */
public record EcourtsJudgment(int number, RowShape shape) {
  /** One less than the number of the first Supreme Court judgment. */
  static final int BEFORE_SUPREME_COURT = 1_000_000;

  private static final JudgmentPdf PDF = new JudgmentPdf();
  private static final Map<String, String> STATE_CODES =
      Map.of("NPHC", "27~1", "EPHC", "9~13", "SPHC", "33~10", "WPHC", "24~17");

  /** The judgment with this number, its row in the shape that belongs to the number. */
  public static EcourtsJudgment of(int number) {
    return new EcourtsJudgment(number, RowShape.of(number));
  }

  /**
   * Its row in a listing.
   *
   * @param place the row's number on its page, from 0
   */
  public String rowHtml(int place) {
    return new RowHtml(this, place).html();
  }

  private Judgment facts() {
    return new Judgment(number);
  }

  /** As the listing shows it, unescaped. */
  public String title() {
    return switch (shape) {
      case SCRIPT_IN_TITLE -> "<img src=x onerror=alert(1)> & \"Sons\" Vs " + facts().title();
      case CALL_IN_TITLE -> "open_pdf('9','','court/forged.pdf') Vs " + facts().title();
      case HINDI -> "दीवानी अपील " + number + " राम कुमार बनाम उत्तर प्रदेश राज्य";
      case TAMIL -> "மேல்முறையீடு " + number + " தமிழ்நாடு அரசு";
      default -> facts().title();
    };
  }

  /** The number of its case; two orders in the same case share it. */
  public String cnr() {
    int opened = shape == RowShape.SECOND_ORDER ? number - 1 : number;
    return new Judgment(opened).cnr();
  }

  /**
   * The document's identity, without the fragment that the row's address may have; empty if the row
   * has none.
   */
  public Optional<String> path() {
    return shape.hasPath() ? Optional.of(file()) : Optional.empty();
  }

  private String file() {
    String name = shape == RowShape.SPACES_IN_PATH ? "%s order %d %s" : "%s_%d_%s";
    int order = shape == RowShape.SECOND_ORDER ? 2 : 1;
    return "court/cnrorders/%s/orders/%d/%s.pdf"
        .formatted(
            cnr().substring(0, 4).toLowerCase(Locale.ROOT),
            decided().getYear(),
            name.formatted(cnr(), order, decided()));
  }

  /** Whether the path in its row is followed by {@code #page=&search=%20}. */
  boolean hasFragment() {
    return number % 2 == 1;
  }

  /** Codes of the languages available besides the first. */
  public List<String> languages() {
    return shape == RowShape.LANGUAGES ? List.of("PUN", "HIN") : List.of();
  }

  /** Empty for the High Courts, the year for the Supreme Court. */
  public String citationYear() {
    return isSupremeCourt() ? String.valueOf(decided().getYear()) : "";
  }

  boolean isSupremeCourt() {
    return number > BEFORE_SUPREME_COURT;
  }

  /** The court's code, as used in the filter {@code state_code}. */
  public String stateCode() {
    return STATE_CODES.getOrDefault(facts().cnr().substring(0, 4), "");
  }

  /** The court's name. */
  public String court() {
    return isSupremeCourt() ? "Supreme Court of the Provinces" : facts().court();
  }

  /** The judge's name, in capitals. */
  public String judge() {
    return facts().judge().toUpperCase(Locale.ROOT);
  }

  /** When the case was registered. */
  public LocalDate registered() {
    return facts().registered();
  }

  /** When it was decided. */
  public LocalDate decided() {
    return facts().decided();
  }

  /** How it ended. */
  public String outcome() {
    return facts().outcome();
  }

  /** Its PDF in the first language, always the same bytes. */
  public byte[] pdf() {
    return pdf("");
  }

  /**
   * Its PDF in one of its languages, always the same bytes.
   *
   * @param language a code of {@link #languages}; empty for the first
   */
  public byte[] pdf(String language) {
    try {
      return PDF.write(
          facts(),
          language.isEmpty() ? List.of("File: " + file()) : List.of("Language: " + language));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }
}
