package portal.ecourts;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** The fields of the portal's forms, as sent by its own search page. */
final class EcourtsForms {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd-MM-uuuu");

  /** Search fields of the page that are always empty. */
  private static final List<String> EMPTY =
      List.of(
          "search_txt1",
          "search_txt2",
          "search_txt3",
          "search_txt4",
          "search_txt5",
          "pet_res",
          "state_code_li",
          "case_no",
          "case_year",
          "judge_name",
          "reg_year",
          "fulltext_case_type",
          "act",
          "judge_txt",
          "act_txt",
          "section_txt",
          "judge_val",
          "act_val",
          "year_val",
          "judge_arr",
          "flag",
          "disp_nature",
          "citation_yr",
          "citation_vol",
          "citation_supl",
          "citation_page",
          "case_no1",
          "case_year1",
          "pet_res1",
          "fulltext_case_type1",
          "citation_keyword",
          "sel_lang",
          "proximity",
          "neu_cit_year",
          "neu_no");

  private final EcourtsSettings settings;
  private final int pageSize;

  EcourtsForms(EcourtsSettings settings, int pageSize) {
    this.settings = settings;
    this.pageSize = pageSize;
  }

  /**
   * Requests a listing page, as DataTables 1.9 does.
   *
   * @param echo number of the listing within its session
   */
  Map<String, String> listing(int page, int echo) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("sEcho", String.valueOf(echo));
    fields.put("iColumns", "2");
    fields.put("sColumns", ",");
    fields.put("iDisplayStart", String.valueOf((long) (page - 1) * pageSize));
    fields.put("iDisplayLength", String.valueOf(pageSize));
    fields.put("mDataProp_0", "0");
    fields.put("mDataProp_1", "1");
    fields.put("iSortCol_0", "0");
    fields.put("sSortDir_0", "asc");
    fields.put("iSortingCols", "1");
    EMPTY.forEach(field -> fields.put(field, ""));
    fields.put("search_opt", "PHRASE");
    fields.put("fcourt_type", settings.fcourtType());
    fields.put("state_code", settings.stateCode().orElse(""));
    fields.put("dist_code", "null");
    fields.put("from_date", day(settings.from()));
    fields.put("to_date", day(settings.to()));
    fields.put("date_val", "ALL");
    return fields;
  }

  private static String day(Optional<LocalDate> date) {
    return date.map(DAY::format).orElse("");
  }

  /** Requests a document, or the captcha in front of it. */
  Map<String, String> document(EcourtsDocument document) {
    return document.fields(settings.fcourtType());
  }

  /** Requests a document with a person's answer to its captcha. */
  Map<String, String> document(EcourtsDocument document, String answer) {
    Map<String, String> fields = document(document);
    fields.put("captcha1", answer);
    return fields;
  }

  /** Submits a person's answer to the captcha of the search. */
  Map<String, String> captcha(String answer) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("captcha", answer);
    fields.put("search_opt", "PHRASE");
    return fields;
  }

  /** The fields with the current token, url-encoded. */
  static String encode(Map<String, String> fields, String token) {
    StringJoiner form = new StringJoiner("&");
    fields.forEach((name, value) -> form.add(encode(name) + "=" + encode(value)));
    form.add("ajax_req=true");
    form.add("app_token=" + encode(token));
    return form.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
