package portal.opendata.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import testing.Mutations;

/** Invalid indexes. */
class HostileIndexTest {
  private static final byte[] INDEX =
      """
      {"file_count":3,"tar_size":17,"updated_at":"2026-01-01T00:00:00Z","parts":[
       {"name":"part-1.tar","files":["A_1_2025-01-02.pdf","B_1_2025-01-02.pdf"],"file_count":2,"size":9},
       {"files":["C_1_2025-01-02.pdf",null,7,{"a":[1]}],"name":"part-2.tar"}],"files":["D.pdf"]}"""
          .getBytes(UTF_8);

  private static List<String> read(byte[] bytes) throws IOException, BadIndexException {
    List<String> names = new ArrayList<>();
    PartitionIndex.read(
        new ByteArrayInputStream(bytes), "data.index.json", (part, name) -> names.add(name));
    return names;
  }

  @Provide
  Arbitrary<byte[]> indexes() {
    return Mutations.of(INDEX);
  }

  @Property(tries = 300)
  void anyInputYieldsNamesOrIsReportedAsNotAnIndex(@ForAll("indexes") byte[] bytes)
      throws IOException {
    try {
      assertThat(read(bytes)).allSatisfy(name -> assertThat(name).isNotBlank());
    } catch (BadIndexException e) {
      assertThat(e).hasMessageMatching("(?s)data\\.index\\.json is not (a )?JSON.*");
    }
  }

  /** It was taken for a source that does not answer, and requested again and again. */
  @Test
  void invalidUtf8IsNotAnIndex() {
    byte[] bytes = {0, 0, 0, '{', (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(BadIndexException.class);
  }

  @Test
  void nestingIsLimited() {
    byte[] bytes = ("{\"x\":" + "[".repeat(100_000)).getBytes(UTF_8);
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(BadIndexException.class);
  }

  @Test
  void anIndexMayBeCompressed() throws Exception {
    assertThat(read(gzip(INDEX))).isEqualTo(read(INDEX)).isNotEmpty();
  }

  @Test
  void aTruncatedOrBrokenCompressedIndexIsInvalid() throws IOException {
    byte[] whole = gzip(INDEX);
    byte[] wrong = whole.clone();
    wrong[whole.length - 6] ^= 1; // of its checksum
    assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(BadIndexException.class);
    assertThatThrownBy(() -> read(wrong)).isInstanceOf(BadIndexException.class);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }
}
