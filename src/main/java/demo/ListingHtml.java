package demo;

import java.util.Locale;
import java.util.stream.IntStream;

/** The portal's listing pages. */
final class ListingHtml {
  private static final int NEIGHBOURS = 2; // page numbers shown on each side of the current one
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Judgments of the High Courts</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem;
        padding: 0 1rem; color: #222; background: #fff; }
      h1 { margin: 0; color: #1d3557; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd; }
      th { background: #f1f4f8; white-space: nowrap; }
      a { color: #1d4e89; }
      nav { margin: 1rem 0; }
      nav a, nav b { margin-right: .8rem; }
      footer { color: #666; font-size: 13px; }
      </style>
      </head>
      <body>
      <h1>Judgments of the High Courts</h1>
      """;
  private static final String FOOT =
      """
      <footer>A demonstration: every case, court and name here is made up.</footer>
      </body>
      </html>
      """;
  private static final String COLUMNS =
      """
      <table>
      <thead>
      <tr><th>Judgment</th><th>CNR</th><th>Judge</th><th>Court</th>\
      <th>Date of registration</th><th>Decision date</th><th>Disposal nature</th></tr>
      </thead>
      <tbody>
      """;

  private final int documents;
  private final int pageSize;

  ListingHtml(int documents, int pageSize) {
    this.documents = documents;
    this.pageSize = pageSize;
  }

  /**
   * One page of the listing.
   *
   * @param page from 1; a page after the last says that there are no results
   */
  String page(int page) {
    long first = (page - 1L) * pageSize + 1;
    long last = Math.min(first + pageSize - 1, documents);
    StringBuilder html = new StringBuilder(HEAD);
    html.append(
        String.format(
            Locale.ROOT,
            "<p><span id=\"total\">%,d results</span>, page %,d of %,d</p>\n",
            documents,
            page,
            pages()));
    if (first > last) {
      html.append("<p>No results</p>\n");
    } else {
      rows(html, (int) first, (int) last);
    }
    navigation(html, page);
    return html.append(FOOT).toString();
  }

  private int pages() {
    return (documents + pageSize - 1) / pageSize;
  }

  private static void rows(StringBuilder html, int first, int last) {
    html.append(COLUMNS);
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
    html.append("</tbody>\n</table>\n");
  }

  private static void cell(StringBuilder html, String text) {
    html.append("<td>").append(text).append("</td>");
  }

  private void navigation(StringBuilder html, int page) {
    html.append("<nav>");
    if (page > 1) {
      link(html, 1, "first", "First");
      link(html, Math.max(1, Math.min(page - 1, pages())), "prev", "Previous");
    }
    IntStream.rangeClosed(Math.max(1, page - NEIGHBOURS), Math.min(pages(), page + NEIGHBOURS))
        .forEach(near -> number(html, near, page));
    if (page < pages()) {
      link(html, page + 1, "next", "Next");
      link(html, pages(), "last", "Last");
    }
    html.append("</nav>\n");
  }

  private static void number(StringBuilder html, int near, int page) {
    if (near == page) {
      html.append("<b>").append(page).append("</b>");
    } else {
      link(html, near, "section", String.valueOf(near));
    }
  }

  private static void link(StringBuilder html, int page, String relation, String text) {
    html.append("<a rel=\"").append(relation).append("\" href=\"/judgments?page=").append(page);
    html.append("\">").append(text).append("</a>");
  }
}
