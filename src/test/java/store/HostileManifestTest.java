package store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import testing.Mutations;

/** Manifests that have been tampered with. */
class HostileManifestTest {
  private static final byte[] MANIFEST =
      """
      {"id":"a.pdf","row":1,"url":"http://h/a.pdf","key":"judgments/a.pdf","state":"stored","size":7,"sha256":"%s","stored_at":"2026-01-02T03:04:05Z"}
      {"id":"b.pdf","row":2,"url":"http://h/b.pdf","key":"judgments/b.pdf","state":"failed","reason":"http_500","http_status":500,"total":17}
      {"id":"c","row":3,"state":"rejected","reason":"unreadable","raw":"c","title":"A v B","decision_date":"2023-01-02"}
      """
          .formatted("ab".repeat(32))
          .getBytes(UTF_8);

  private final ManifestFormat format = new ManifestFormat("judgments/");

  @Provide
  Arbitrary<byte[]> manifests() {
    return Mutations.of(MANIFEST);
  }

  @Property(tries = 300)
  void anyManifestIsEitherBadOrReadTheSameTwice(@ForAll("manifests") byte[] bytes) {
    List<ManifestRow> rows;
    try {
      rows = format.read(bytes);
    } catch (BadManifestException e) {
      assertThat(e).hasMessageNotContaining("null");
      return;
    }
    try {
      assertThat(format.read(format.write(rows))).isEqualTo(rows);
    } catch (BadManifestException e) {
      throw new AssertionError(e);
    }
  }
}
