package demo.ecourts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Handles requests for pages of the listing. */
final class ListingHandler {
  private static final int LARGEST = 1_000; // rows per page

  private final JudgmentList judgments;
  private final PortalMoods moods;
  private final PortalRecord record;
  private final AtomicInteger answered = new AtomicInteger();

  ListingHandler(JudgmentList judgments, PortalMoods moods, PortalRecord record) {
    this.judgments = judgments;
    this.moods = moods;
    this.record = record;
  }

  /**
   * Handles one request.
   *
   * @throws SubmittedForm.RefusedException if a field is missing or wrong
   */
  PortalAnswer answer(SubmittedForm form, SimulatedSession session) {
    requireFixedFields(form);
    int echo = form.number("sEcho");
    int start = form.number("iDisplayStart");
    int length = length(form);
    SearchFilter search = SearchFilter.of(form);
    if (session.mustSolveToSearch()) {
      record.askedCaptcha();
      return session.error("Invalid Captcha. Please enter the captcha that is shown.");
    }
    List<EcourtsJudgment> found = judgments.find(search);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode table = answer.putObject("reportrow");
    table.put("sEcho", echo);
    table.put("iTotalRecords", String.valueOf(found.size()));
    table.put("iTotalDisplayRecords", String.valueOf(found.size()));
    table.put("sSearch", "");
    rows(table.putArray("aaData"), found, start, length);
    growWhenDue();
    return session.json(answer);
  }

  private static void requireFixedFields(SubmittedForm form) {
    form.require("iColumns", "2");
    form.require("mDataProp_0", "0");
    form.require("mDataProp_1", "1");
    form.require("iSortCol_0", "0");
    form.require("sSortDir_0", "asc");
    form.require("iSortingCols", "1");
    form.require("search_opt", "PHRASE");
    form.require("dist_code", "null");
    form.require("date_val", "ALL");
  }

  private static int length(SubmittedForm form) {
    int length = form.number("iDisplayLength");
    boolean isHundreds = length % 100 == 0 && length > 0 && length <= LARGEST;
    if (!isHundreds && !List.of(10, 25, 50).contains(length)) {
      throw new SubmittedForm.RefusedException("Invalid request: iDisplayLength");
    }
    return length;
  }

  private static void rows(ArrayNode rows, List<EcourtsJudgment> found, int start, int length) {
    int end = Math.min(found.size(), start + length);
    for (int i = start; i < end; i++) {
      EcourtsJudgment judgment = found.get(i);
      String html = judgment.rowHtml(i - start);
      if (judgment.shape() == RowShape.NO_PAIR) {
        rows.add(html);
      } else {
        rows.addArray().add(i + 1).add(html);
      }
    }
  }

  private void growWhenDue() {
    if (answered.incrementAndGet() % moods.growth().listings() == 0) {
      judgments.grow(moods.growth().by());
    }
  }
}
