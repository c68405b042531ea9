package portal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import portal.UnendedException;

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
        "%%PDF-1.4\n%%EOF",
        "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\n%%EOF",
        "Warning: a < b && b > c in /srv/get.php on line 7\n%PDF-1.4\n%%EOF",
        "<br />\n<b>Notice</b>:  Undefined index in <b>/srv/get.php</b> on line <b>7</b><br />\n"
            + "%PDF-1.4\n%%EOF",
        "<!-- served by cache --><?xml version='1.0'?>%PDF-1.4\n%%EOF",
        "<!DOCTYPE html><html><body><p>A warning</body></html>\n%PDF-1.4\n%%EOF",
        "<p>before %PDF- stands</p>\n%PDF-1.4\n%%EOF",
      })
  void aWholePdfPasses(String content) {
    assertThatCode(() -> check(content)).doesNotThrowAnyException();
  }

  @Test
  void theHeaderMayBeAnywhereInTheFirst1024Bytes() throws IOException {
    assertThatCode(() -> check("x".repeat(1019) + "%PDF-1.4\n%%EOF")).doesNotThrowAnyException();
    assertThat(failure("x".repeat(1020) + "%PDF-1.4\n%%EOF")).isEqualTo(FailureReason.NOT_PDF);
  }

  @Test
  void theEndMayBeAnywhereInTheLast1024Bytes() throws IOException {
    assertThatCode(() -> check("%PDF-1.4" + "x".repeat(5000) + "%%EOF" + " ".repeat(1019)))
        .doesNotThrowAnyException();
    assertThat(failure("%PDF-1.4" + "x".repeat(5000) + "%%EOF" + " ".repeat(1020)))
        .isEqualTo(FailureReason.TRUNCATED);
  }

  @Test
  void aPdfWithoutItsEndIsTruncated() throws IOException {
    assertThat(failure("%PDF-1.4\n" + "x".repeat(3000))).isEqualTo(FailureReason.TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%%E", "%%EO", "startxref\n7\n"})
  void aPdfThatLacksOnlyItsEndIsRecognised(String end) {
    assertThatThrownBy(() -> check("%PDF-1.4\n" + "x".repeat(3000) + end))
        .isInstanceOfSatisfying(
            UnendedException.class, unended -> assertThat(unended.download().file()).exists());
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
        "PDF-1.4\n%%EOF",
        "<html><body>Files must begin with %PDF-1.4 and end with %%EOF</body></html>",
        "<!DOCTYPE HTML>\n<title>Error</title>\nno %PDF- found, no %%EOF",
        "<HTML>\n<P>no %PDF- found, no %%EOF",
        "<h1>Error</h1><pre class='x'>%PDF-1.4\n%%EOF</pre>",
        "<p>see <a title='%PDF-1.4'>this</a></p>%%EOF",
        "<html><script>var head = '%PDF-1.4', end = '%%EOF'</script></html>",
        "\u00EF\u00BB\u00BF<html><br/><img src=x>%PDF-1.4 %%EOF"
      })
  void anythingElseIsNotAPdf(String content) throws IOException {
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
