package portal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {
  private static final byte[] PDF =
      ("%PDF-1.4\n" + "text of the judgment\n".repeat(500) + "%%EOF\n")
          .getBytes(StandardCharsets.US_ASCII);

  private interface Compressor {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] through(Compressor compressor, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zip = compressor.around(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    return through(GZIPOutputStream::new, bytes);
  }

  private static byte[] zlib(byte[] bytes) throws IOException {
    return through(DeflaterOutputStream::new, bytes);
  }

  private static byte[] rawDeflate(byte[] bytes) throws IOException {
    return through(out -> new DeflaterOutputStream(out, new Deflater(9, true)), bytes);
  }

  private static byte[] decode(byte[] body, String... lines) throws IOException {
    return ContentCoding.decode(
            Map.of("content-encoding", List.of(lines)), new ByteArrayInputStream(body))
        .readAllBytes();
  }

  @Test
  void severalCodingsAreDecodedFromTheLastToTheFirst() throws IOException {
    assertThat(decode(gzip(gzip(PDF)), "gzip, gzip")).isEqualTo(PDF);
    assertThat(decode(gzip(gzip(PDF)), "gzip", "X-GZIP")).isEqualTo(PDF);
    assertThat(decode(gzip(zlib(PDF)), "deflate ,GZip")).isEqualTo(PDF);
    assertThat(decode(zlib(gzip(gzip(PDF))), "gzip,identity,gzip", "deflate")).isEqualTo(PDF);
  }

  @Test
  void deflateIsDecodedWithAndWithoutItsHeader() throws IOException {
    assertThat(decode(zlib(PDF), "deflate")).isEqualTo(PDF);
    assertThat(decode(rawDeflate(PDF), "Deflate")).isEqualTo(PDF);
    assertThat(decode(zlib(new byte[] {'x'}), "deflate")).containsExactly('x');
  }

  @ParameterizedTest
  @ValueSource(strings = {"deflate", "gzip", "gzip, gzip", "deflate, gzip", "utf-8", "br", "none"})
  void aBodyThatIsNotCompressedAsDeclaredIsReadAsItIs(String declared) throws IOException {
    assertThat(decode(PDF, declared)).isEqualTo(PDF);
    assertThat(decode(new byte[0], declared)).isEmpty();
    assertThat(decode("<html><p>x".getBytes(StandardCharsets.US_ASCII), declared)).hasSize(10);
  }

  @Test
  void oneOfSeveralDeclaredLayersIsEnough() throws IOException {
    assertThat(decode(gzip(PDF), "gzip, gzip")).isEqualTo(PDF);
  }

  /** Bytes of which none is here yet when asked, like those of a connection. */
  private static InputStream dribbling(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  @Test
  void gzipMembersThatArriveLaterAreDecodedToo() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip(Arrays.copyOf(PDF, 100)));
    byte[] first = members.toByteArray();
    members.write(gzip(Arrays.copyOfRange(PDF, 100, PDF.length)));
    byte[] second = Arrays.copyOfRange(members.toByteArray(), first.length, members.size());
    InputStream apart = new SequenceInputStream(dribbling(first), dribbling(second));

    InputStream decoded = ContentCoding.decode(Map.of("content-encoding", List.of("gzip")), apart);

    assertThat(decoded.readAllBytes()).isEqualTo(PDF);
  }

  @Test
  void moreThanFiveLayersAreNotDecoded() throws IOException {
    byte[] body = PDF;
    for (int layer = 0; layer < 6; layer++) {
      body = gzip(body);
    }
    assertThat(decode(body, "gzip,gzip,gzip,gzip,gzip,gzip")).isEqualTo(body);
  }
}
