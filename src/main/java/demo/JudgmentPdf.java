package demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;

/**
 * Renders a judgment as a PDF. The same judgment gives the same bytes. Thread-safe.
 *
 * <p>The pages are written as plain operators, because PDFBox's font classes search the machine for
 * fonts and leave a cache in the user's home directory, all for two fonts that every viewer has.
 */
public final class JudgmentPdf {
  private static final int MARGIN = 72; // points, as are all lengths here
  private static final int TEXT_SIZE = 11;
  private static final int LEADING = 16;
  private static final int LINES_PER_PAGE = 41;
  private static final int CHARACTERS_PER_LINE = 84;
  private static final String PLAIN = "F1";
  private static final String BOLD = "F2";

  byte[] write(Judgment judgment) throws IOException {
    return write(judgment, List.of());
  }

  /**
   * Renders a version of a judgment that differs only in its notes.
   *
   * @param notes ASCII lines below the judgment's facts
   */
  public byte[] write(Judgment judgment, List<String> notes) throws IOException {
    List<String> lines = lines(judgment, notes);
    try (PDDocument pdf = new PDDocument()) {
      pdf.setDocumentId((long) judgment.number());
      describe(pdf, judgment);
      PDResources fonts = fonts();
      int pages = (lines.size() + LINES_PER_PAGE - 1) / LINES_PER_PAGE;
      for (int page = 0; page < pages; page++) {
        int end = Math.min(lines.size(), (page + 1) * LINES_PER_PAGE);
        String content =
            block(BOLD, 14, MARGIN, 770, List.of(judgment.court()))
                + block(PLAIN, TEXT_SIZE, MARGIN, 738, lines.subList(page * LINES_PER_PAGE, end))
                + block(PLAIN, 9, 290, 40, List.of((page + 1) + " / " + pages));
        addPage(pdf, fonts, content);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      pdf.save(out, CompressParameters.NO_COMPRESSION);
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

  private static PDResources fonts() {
    COSDictionary fonts = new COSDictionary();
    fonts.setItem(PLAIN, font("Helvetica"));
    fonts.setItem(BOLD, font("Helvetica-Bold"));
    COSDictionary resources = new COSDictionary();
    resources.setItem(COSName.FONT, fonts);
    return new PDResources(resources);
  }

  private static COSDictionary font(String name) {
    COSDictionary font = new COSDictionary();
    font.setItem(COSName.TYPE, COSName.FONT);
    font.setItem(COSName.SUBTYPE, COSName.TYPE1);
    font.setName(COSName.BASE_FONT, name);
    font.setItem(COSName.ENCODING, COSName.WIN_ANSI_ENCODING);
    return font;
  }

  private static void addPage(PDDocument pdf, PDResources fonts, String content)
      throws IOException {
    PDPage page = new PDPage(PDRectangle.A4);
    page.setResources(fonts);
    PDStream stream = new PDStream(pdf);
    try (OutputStream out = stream.createOutputStream()) {
      out.write(content.getBytes(StandardCharsets.US_ASCII));
    }
    page.setContents(stream);
    pdf.addPage(page);
  }

  /** A block of text lines, as page operators. */
  private static String block(String font, int size, int x, int y, List<String> lines) {
    StringBuilder block =
        new StringBuilder(
            String.format(Locale.ROOT, "BT /%s %d Tf %d TL %d %d Td\n", font, size, LEADING, x, y));
    for (String line : lines) {
      String escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)");
      block.append('(').append(escaped).append(") Tj T*\n");
    }
    return block.append("ET\n").toString();
  }

  private static List<String> lines(Judgment judgment, List<String> notes) {
    List<String> lines = new ArrayList<>(wrap(judgment.title()));
    lines.add("");
    lines.add("CNR: " + judgment.cnr());
    lines.add("Before: " + judgment.judge());
    lines.add("Date of registration: " + judgment.registered());
    lines.add("Decision date: " + judgment.decided());
    lines.add("Disposal nature: " + judgment.outcome());
    lines.addAll(notes);
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
      if (line.length() + word.length() >= CHARACTERS_PER_LINE) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
