package demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Sets a judgment on paper. The same judgment gives the same bytes. */
final class JudgmentPdf {
  private static final float MARGIN = 72;
  private static final float SIZE = 11;
  private static final float LEADING = 16;
  private static final int LINES = 41;
  private static final int WIDTH = 88; // characters a line; Helvetica of that size fits the page

  private final PDFont plain = new PDType1Font(FontName.HELVETICA);
  private final PDFont bold = new PDType1Font(FontName.HELVETICA_BOLD);

  byte[] write(Judgment judgment) throws IOException {
    List<String> lines = lines(judgment);
    try (PDDocument pdf = new PDDocument()) {
      pdf.setDocumentId((long) judgment.number());
      describe(pdf, judgment);
      int pages = (lines.size() + LINES - 1) / LINES;
      for (int page = 0; page < pages; page++) {
        List<String> part = lines.subList(page * LINES, Math.min(lines.size(), (page + 1) * LINES));
        addPage(pdf, page == 0 ? judgment.court() : null, part, (page + 1) + " / " + pages);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      pdf.save(out);
      return out.toByteArray();
    }
  }

  private static void describe(PDDocument pdf, Judgment judgment) {
    PDDocumentInformation information = pdf.getDocumentInformation();
    information.setTitle(judgment.title());
    information.setAuthor(judgment.court());
    information.setCreationDate(
        GregorianCalendar.from(judgment.decided().atStartOfDay(ZoneOffset.UTC)));
  }

  private static List<String> lines(Judgment judgment) {
    List<String> lines = new ArrayList<>();
    lines.addAll(wrap(judgment.title()));
    lines.add("CNR: " + judgment.cnr());
    lines.add("Before: " + judgment.judge());
    lines.add("Date of registration: " + judgment.registered());
    lines.add("Decision date: " + judgment.decided());
    for (String paragraph : judgment.text()) {
      lines.add("");
      lines.addAll(wrap(paragraph));
    }
    return lines;
  }

  private static List<String> wrap(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() + word.length() >= WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private void addPage(PDDocument pdf, String heading, List<String> lines, String footer)
      throws IOException {
    PDPage page = new PDPage(PDRectangle.A4);
    pdf.addPage(page);
    try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
      float top = PDRectangle.A4.getHeight() - MARGIN;
      if (heading != null) {
        show(content, bold, 14, MARGIN, top, List.of(heading));
      }
      show(content, plain, SIZE, MARGIN, top - 2 * LEADING, lines);
      show(content, plain, 9, PDRectangle.A4.getWidth() / 2 - 10, MARGIN / 2, List.of(footer));
    }
  }

  private static void show(
      PDPageContentStream content, PDFont font, float size, float x, float y, List<String> lines)
      throws IOException {
    content.beginText();
    content.setFont(font, size);
    content.setLeading(LEADING);
    content.newLineAtOffset(x, y);
    for (String line : lines) {
      content.showText(line);
      content.newLine();
    }
    content.endText();
  }
}
