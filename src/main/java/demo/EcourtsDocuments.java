package demo;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Gives documents addresses, and the documents at these. */
final class EcourtsDocuments {
  /** Below which the short-lived addresses lie. */
  static final String FOLDER = EcourtsRequest.HOME + "tmp/";

  /** What an address stands for, from when on, and for whom. */
  private record Opened(
      EcourtsJudgment judgment, String language, EcourtsSession session, long nanos) {}

  private final JudgmentList judgments;
  private final EcourtsMoods moods;
  private final EcourtsRecord record;
  private final Map<String, Opened> addresses = new ConcurrentHashMap<>();

  EcourtsDocuments(JudgmentList judgments, EcourtsMoods moods, EcourtsRecord record) {
    this.judgments = judgments;
    this.moods = moods;
    this.record = record;
  }

  /**
   * Answers {@code openpdfcaptcha}: with an address, or with a captcha.
   *
   * @throws EcourtsForm.RefusedException when its fields are not as they must be
   */
  EcourtsAnswer open(EcourtsForm form, EcourtsSession session) {
    EcourtsJudgment judgment = judgment(form);
    String language = language(form, judgment);
    if (session.mustSolveToOpen()) {
      record.askedCaptcha();
      return session.json("filename", EcourtsPages.captcha());
    }
    return opened(judgment, language, session);
  }

  /**
   * Answers {@code openpdf}: with an address when {@code captcha1} is right.
   *
   * @throws EcourtsForm.RefusedException when its fields are not as they must be
   */
  EcourtsAnswer openSolved(EcourtsForm form, EcourtsSession session) {
    EcourtsJudgment judgment = judgment(form);
    String language = language(form, judgment);
    boolean right = session.solves(form.matching("captcha1", ".*"));
    record.answeredCaptcha(right);
    if (!right) {
      return session.json("message", "Captcha not solved");
    }
    session.documentsSolved();
    return opened(judgment, language, session);
  }

  private EcourtsJudgment judgment(EcourtsForm form) {
    form.number("val");
    form.require("file_type", "undefined");
    form.require("nc_display", "undefined");
    EcourtsJudgment judgment =
        judgments
            .withPath(form.matching("path", ".+"))
            .orElseThrow(() -> new EcourtsForm.RefusedException("File not found"));
    form.require("citation_year", judgment.citationYear());
    form.require("fcourt_type", judgment.isSupremeCourt() ? "3" : "2");
    return judgment;
  }

  /** The language that is asked for, empty for the first. */
  private static String language(EcourtsForm form, EcourtsJudgment judgment) {
    String language = form.matching("lang_flg", "undefined|[A-Z]*");
    if (language.equals("undefined") || language.isEmpty()) {
      return "";
    }
    if (!judgment.languages().contains(language)) {
      throw new EcourtsForm.RefusedException("File not found in this language");
    }
    return language;
  }

  private EcourtsAnswer opened(EcourtsJudgment judgment, String language, EcourtsSession session) {
    session.openedDocument();
    String address = FOLDER + Chance.hex(16) + ".pdf";
    addresses.put(address, new Opened(judgment, language, session, System.nanoTime()));
    return session.json("outputfile", address);
  }

  /** The path of the document behind an address, empty for an address that is not good any more. */
  String path(String address) {
    return Optional.ofNullable(addresses.get(address))
        .flatMap(opened -> opened.judgment().path())
        .orElse("");
  }

  /** The document at an address, once, for the session to which the address was given. */
  Optional<EcourtsAnswer> fetch(String address, EcourtsSession session) {
    Opened opened = addresses.get(address);
    if (opened == null || opened.session() != session || !addresses.remove(address, opened)) {
      return Optional.empty();
    }
    Duration age = Duration.ofNanos(System.nanoTime() - opened.nanos());
    if (age.compareTo(moods.addressLife()) >= 0) {
      return Optional.empty();
    }
    record.servedDocument(opened.judgment().path().orElseThrow());
    return Optional.of(
        EcourtsAnswer.of("application/pdf", opened.judgment().pdf(opened.language())));
  }
}
