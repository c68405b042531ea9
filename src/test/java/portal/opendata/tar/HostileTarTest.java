package portal.opendata.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import demo.opendata.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Mutations;

/** Invalid tars, and tars that try to exhaust the reader. */
class HostileTarTest {
  private static final long EIGHT_GIB = 8L << 30;

  /** Never ends; counts what was read of it. */
  private static final class Endless extends InputStream {
    private long count;

    @Override
    public int read() {
      count++;
      return 'a';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      Arrays.fill(bytes, offset, offset + length, (byte) 'a');
      count += length;
      return length;
    }
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_GNUTYPE_LONGNAME,
        TarConstants.LF_GNUTYPE_LONGLINK,
        TarConstants.LF_PAX_EXTENDED_HEADER_LC,
        TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER
      })
  void headersThatClaimToExceedMemoryAreNotRead(byte kind) {
    TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", kind);
    entry.setSize(EIGHT_GIB - 1);
    byte[] header = new byte[512];
    entry.writeEntryHeader(header);
    Endless rest = new Endless();
    TarReader tar =
        new TarReader(new SequenceInputStream(new ByteArrayInputStream(header), rest), 0);

    assertThatThrownBy(tar::next).isInstanceOf(TarFormatException.class);

    assertThat(rest.count).isLessThan(4 << 20);
  }

  @Provide
  Arbitrary<byte[]> tars() {
    return Arbitraries.of(TarWriter.Format.values())
        .flatMap(
            format ->
                Mutations.of(
                    new TarWriter(format)
                        .add("a_1_2023-01-01.pdf", "%PDF-1.4 %%EOF".getBytes(UTF_8))
                        .add("n".repeat(90) + ".pdf", new byte[700])
                        .add("b_1_2023-01-01.pdf", "%PDF-1.4 %%EOF".getBytes(UTF_8))
                        .toBytes()));
  }

  @Property(tries = 300)
  void anyInputIsReadToItsEndOrReportedAsNotATar(@ForAll("tars") byte[] bytes) throws IOException {
    TarReader tar = new TarReader(new ByteArrayInputStream(bytes), 0);
    long before = -1;
    try {
      for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
        assertThat(next.get().offset()).isGreaterThan(before);
        before = next.get().offset();
        assertThat(next.get().size()).isNotNegative();
        if (next.get().size() < bytes.length) {
          tar.content().readAllBytes();
        }
      }
    } catch (TarFormatException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}
