package portal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import model.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import portal.Download;
import portal.PortalException;

class PdfCheckTest {
  private static final String URL = "http://portal.test/17.pdf";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%PDF-1.4\nbody\n%%EOF\n",
        "%PDF-%%EOF",
        "\u00EF\u00BB\u00BF%PDF-1.4\n%%EOF",
        " \r\n\t%PDF-1.4\n%%EOF",
      })
  void aWholePdfPasses(String content) {
    assertThatCode(() -> check(content)).doesNotThrowAnyException();
  }

  @Test
  void theEndMayStandAnywhereInTheLast1024Bytes() throws IOException {
    assertThatCode(() -> check("%PDF-1.4" + "x".repeat(5000) + "%%EOF" + " ".repeat(1019)))
        .doesNotThrowAnyException();
    assertThat(failure("%PDF-1.4" + "x".repeat(5000) + "%%EOF" + " ".repeat(1020)))
        .isEqualTo(FailureReason.TRUNCATED);
  }

  @Test
  void aPdfWithoutItsEndIsTruncated() throws IOException {
    assertThat(failure("%PDF-1.4\n" + "x".repeat(3000))).isEqualTo(FailureReason.TRUNCATED);
  }

  @Test
  void anEmptyBodyIsEmpty() throws IOException {
    assertThat(failure("")).isEqualTo(FailureReason.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>404</body></html>",
        "<!-- %PDF-1.4 -->%%EOF",
        "%PDF",
        " ",
        "%%PDF-1.4\n%%EOF",
        "PDF-1.4\n%%EOF"
      })
  void allElseIsNoPdf(String content) throws IOException {
    assertThat(failure(content)).isEqualTo(FailureReason.NOT_PDF);
  }

  private FailureReason failure(String content) throws IOException {
    PortalException failure = catchThrowableOfType(PortalException.class, () -> check(content));
    assertThat(failure).hasMessageContaining(URL);
    return failure.reason();
  }

  private void check(String content) throws IOException {
    Path file = folder.resolve("spooled");
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, bytes);
    new PdfCheck().check(new Download(file, bytes.length, ""), URL);
  }
}
