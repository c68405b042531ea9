package demo.ecourts;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Issues short-lived addresses for documents, and serves the documents there. */
final class DocumentHandler {
  /** The path of the short-lived addresses. */
  static final String FOLDER = PortalRequest.HOME + "tmp/";

  /** An issued address: its document, its time and its session. */
  private record ShortLivedAddress(
      EcourtsJudgment judgment, String language, SimulatedSession session, long nanos) {}

  private final JudgmentList judgments;
  private final PortalMoods moods;
  private final PortalRecord record;
  private final Map<String, ShortLivedAddress> addresses = new ConcurrentHashMap<>();

  DocumentHandler(JudgmentList judgments, PortalMoods moods, PortalRecord record) {
    this.judgments = judgments;
    this.moods = moods;
    this.record = record;
  }

  /**
   * Handles {@code openpdfcaptcha}: responds with an address, or with a captcha.
   *
   * @throws SubmittedForm.RefusedException if a field is missing or wrong
   */
  PortalAnswer open(SubmittedForm form, SimulatedSession session) {
    EcourtsJudgment judgment = judgment(form);
    String language = language(form, judgment);
    if (session.mustSolveToOpen()) {
      record.askedCaptcha();
      return session.json("filename", PortalPages.captcha());
    }
    return opened(judgment, language, session);
  }

  /**
   * Handles {@code openpdf}: responds with an address if {@code captcha1} is correct.
   *
   * @throws SubmittedForm.RefusedException if a field is missing or wrong
   */
  PortalAnswer openSolved(SubmittedForm form, SimulatedSession session) {
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

  private EcourtsJudgment judgment(SubmittedForm form) {
    form.number("val");
    form.require("file_type", "undefined");
    form.require("nc_display", "undefined");
    EcourtsJudgment judgment =
        judgments
            .withPath(form.matching("path", ".+"))
            .orElseThrow(() -> new SubmittedForm.RefusedException("File not found"));
    form.require("citation_year", judgment.citationYear());
    form.require("fcourt_type", judgment.isSupremeCourt() ? "3" : "2");
    return judgment;
  }

  /** The requested language, empty for the first one. */
  private static String language(SubmittedForm form, EcourtsJudgment judgment) {
    String language = form.matching("lang_flg", "undefined|[A-Z]*");
    if (language.equals("undefined") || language.isEmpty()) {
      return "";
    }
    if (!judgment.languages().contains(language)) {
      throw new SubmittedForm.RefusedException("File not found in this language");
    }
    return language;
  }

  private PortalAnswer opened(EcourtsJudgment judgment, String language, SimulatedSession session) {
    session.openedDocument();
    String address = FOLDER + RandomWords.hex(16) + ".pdf";
    addresses.put(address, new ShortLivedAddress(judgment, language, session, System.nanoTime()));
    return session.json("outputfile", address);
  }

  /** The path of the document behind an address, empty if the address is no longer valid. */
  String path(String address) {
    return Optional.ofNullable(addresses.get(address))
        .flatMap(opened -> opened.judgment().path())
        .orElse("");
  }

  /** The document at an address, once, for the session that the address was issued to. */
  Optional<PortalAnswer> fetch(String address, SimulatedSession session) {
    ShortLivedAddress opened = addresses.get(address);
    if (opened == null || opened.session() != session || !addresses.remove(address, opened)) {
      return Optional.empty();
    }
    Duration age = Duration.ofNanos(System.nanoTime() - opened.nanos());
    if (age.compareTo(moods.addressLife()) >= 0) {
      return Optional.empty();
    }
    record.servedDocument(opened.judgment().path().orElseThrow());
    return Optional.of(
        PortalAnswer.of("application/pdf", opened.judgment().pdf(opened.language())));
  }
}
