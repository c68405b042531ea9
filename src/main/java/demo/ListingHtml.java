package demo;

import java.util.Locale;

/** The portal's listing pages. */
final class ListingHtml {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>Judgments of the High Courts</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222; background: #fff; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd; }
      nav a { margin-right: 1rem; }
      </style>
      </head>
      <body>
      <h1>Judgments of the High Courts</h1>
      """;

  private final int documents;
  private final int pageSize;

  ListingHtml(int documents, int pageSize) {
    this.documents = documents;
    this.pageSize = pageSize;
  }

  String page(int page) {
    long first = (page - 1L) * pageSize + 1;
    long last = Math.min(first + pageSize - 1, documents);
    StringBuilder html = new StringBuilder(HEAD);
    html.append(
        String.format(
            Locale.ROOT,
            "<p><span id=\"total\">%,d results</span>, page %d</p>%n",
            documents,
            page));
    if (first > last) {
      html.append("<p>No results on this page.</p>\n");
    } else {
      rows(html, (int) first, (int) last);
    }
    return html.append(navigation(page)).append("</body>\n</html>\n").toString();
  }

  private static void rows(StringBuilder html, int first, int last) {
    html.append("<table>\n<tr><th>Judgment</th><th>CNR</th><th>Judge</th><th>Court</th>");
    html.append(
        "<th>Date of registration</th><th>Decision date</th><th>Disposal nature</th></tr>\n");
    for (int number = first; number <= last; number++) {
      Judgment judgment = new Judgment(number);
      html.append("<tr><td><a href=\"").append(judgment.path()).append("\">");
      html.append(judgment.title()).append("</a></td>");
      cell(html, judgment.cnr());
      cell(html, judgment.judge());
      cell(html, judgment.court());
      cell(html, judgment.registered().toString());
      cell(html, judgment.decided().toString());
      cell(html, judgment.outcome());
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private static void cell(StringBuilder html, String text) {
    html.append("<td>").append(text).append("</td>");
  }

  private String navigation(int page) {
    int pages = (documents + pageSize - 1) / pageSize;
    String before = page > 1 ? link(page - 1, "previous") : "";
    String after = page < pages ? link(page + 1, "next") : "";
    return "<nav>" + before + after + "</nav>\n";
  }

  private static String link(int page, String text) {
    return "<a href=\"/judgments?page=" + page + "\">" + text + "</a>";
  }
}
