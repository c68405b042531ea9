package demo.ecourts;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes the rows of the eCourts listing. */
final class RowHtml {
  /** The portal's date format, for reading and writing. */
  static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd-MM-uuuu", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Pattern TAG_OR_ATTRIBUTE =
      Pattern.compile("(</?)([a-z]+)|( )([a-z-]+)(?==['\"])");

  /** Placeholder for a single quote within the call, until the other quotes have been replaced. */
  private static final char ARGUMENT_QUOTE = '`';

  private final EcourtsJudgment judgment;
  private final int place;

  /**
   * @param place the row's number on its page, from 0
   */
  RowHtml(EcourtsJudgment judgment, int place) {
    this.judgment = judgment;
    this.place = place;
  }

  /** The row's HTML; empty for a row without any. */
  String html() {
    String whole = button() + details();
    String html =
        switch (judgment.shape()) {
          case EMPTY -> "";
          case NO_PAIR -> title();
          case WITHHELD -> "<font size='3'>" + title() + "</font>" + details();
          case DOUBLE_QUOTES -> whole.replace('\'', '"');
          case UNQUOTED -> whole.replaceAll("='([^' ]+)'", "=$1");
          case CAPITALS -> capitals(whole);
          case LANGUAGES -> choice() + whole;
          default -> whole;
        };
    return html.replace(ARGUMENT_QUOTE, '\'');
  }

  private String button() {
    return """
        <button type='button' role='link' class='btn btn-link p-0 text-start' id='link_%d' \
        aria-label='%s pdf' href='#' onclick=%s><font size='3'>%s</font></button>"""
        .formatted(place, title(), onclick(), title());
  }

  private String onclick() {
    String year = judgment.citationYear();
    String path = judgment.path().orElse("") + (judgment.hasFragment() ? "#page=&search=%20" : "");
    String call =
        switch (judgment.shape()) {
          case SINGLE_QUOTES -> "'javascript:open_pdf(\"%d\",\"%s\",\"%s\")'";
          case DOUBLE_QUOTES, CAPITALS -> "\"javascript:open_pdf(`%d`,`%s`,`%s`)\"";
          case SPACED -> "javascript:open_pdf( `%d` , `%s` , `%s` )";
          case ENTITIES -> "'javascript:open_pdf(&#39;%d&#39;,&#39;%s&#39;,&#39;%s&#39;)'";
          case BROKEN_CALL -> "javascript:open_pdf(`%d`,`%s";
          default -> "javascript:open_pdf(`%d`,`%s`,`%s`)";
        };
    return call.formatted(place, year, path);
  }

  private String choice() {
    StringBuilder html = new StringBuilder();
    html.append(
        """
        <select name="language" id="language%d" \
        onchange="javascript:get_pdf_lang('%d','%s','%s')"><option value="">English</option>"""
            .formatted(place, place, judgment.path().orElseThrow(), judgment.citationYear()));
    for (String language : judgment.languages()) {
      html.append("<option value=\"%s\">%s</option>".formatted(language, language));
    }
    return html.append("</select>").toString();
  }

  private String details() {
    return """
        <br><strong>Judge : %s</strong><br>No.%d of %d BEFORE THE BENCH … the petition is %s<br>\
        <strong class='caseDetailsTD'><span style='color:#212F3D'> CNR :</span>\
        <font color='green'> %s</font>\
        <span style='color:#212F3D'> | Date of registration :</span><font color='green'> %s</font>\
        <span style='color:#212F3D'> | Decision Date :</span><font color='green'> %s</font>\
        <span style='color:#212F3D'> | Disposal Nature :</span><font color='green'> %s</font>\
        <br><span style='opacity: 0.5;'>Court : %s</span></strong>"""
        .formatted(
            judgment.judge(),
            judgment.number(),
            judgment.registered().getYear(),
            judgment.outcome(),
            judgment.cnr(),
            date(judgment.registered()),
            date(judgment.decided()),
            judgment.outcome(),
            judgment.court());
  }

  private static String date(LocalDate date) {
    return DATE.format(date);
  }

  private String title() {
    return escaped(judgment.title());
  }

  /** Escapes text for HTML, including attributes in either kind of quotes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#039;");
  }

  private static String capitals(String html) {
    return TAG_OR_ATTRIBUTE
        .matcher(html)
        .replaceAll(found -> found.group().toUpperCase(Locale.ROOT));
  }
}
