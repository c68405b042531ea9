package demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class JudgmentPdfTest {
  private final JudgmentPdf paper = new JudgmentPdf();

  @Test
  void aJudgmentHasOneOrTwoPagesAndContainsItsFacts() throws Exception {
    for (int number : new int[] {1, 2, 3, 4, 5, 6, 7, 30_000, 999_999_999}) {
      Judgment judgment = new Judgment(number);
      byte[] bytes = paper.write(judgment);
      try (PDDocument pdf = Loader.loadPDF(bytes)) {
        assertThat(pdf.getNumberOfPages()).as("pages of %d", number).isBetween(1, 2);
        assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", " "))
            .contains(judgment.court(), judgment.title(), judgment.cnr(), judgment.judge())
            .contains(judgment.registered().toString(), judgment.decided().toString())
            .contains("1 / " + pdf.getNumberOfPages());
      }
    }
  }

  @Test
  void bothLengthsOccur() {
    assertThat(IntStream.rangeClosed(1, 30).map(JudgmentPdfTest::pages).boxed().distinct())
        .containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void theSameJudgmentGivesTheSameBytes() throws Exception {
    assertThat(new JudgmentPdf().write(new Judgment(17))).isEqualTo(paper.write(new Judgment(17)));
  }

  @Test
  void anotherJudgmentGivesOtherBytes() throws Exception {
    assertThat(paper.write(new Judgment(18))).isNotEqualTo(paper.write(new Judgment(17)));
  }

  @Test
  void noFontIsEmbedded() throws Exception {
    try (PDDocument pdf = Loader.loadPDF(paper.write(new Judgment(5)))) {
      for (PDPage page : pdf.getPages()) {
        for (var name : page.getResources().getFontNames()) {
          assertThat(page.getResources().getFont(name).isEmbedded()).isFalse();
        }
      }
    }
  }

  private static int pages(int number) {
    try (PDDocument pdf = Loader.loadPDF(new JudgmentPdf().write(new Judgment(number)))) {
      return pdf.getNumberOfPages();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
