package portal.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceKeyTest {
  private static final String PARTITION = "year=2023/court=27_1/bench=a#b.tar#c";

  private static SourceKey read(FoundName name) {
    Slice slice = new Slice(PARTITION, "p#1.tar", "", 1, 1, List.of());
    Map<String, String> facts = SourceKey.facts(name, slice);
    return SourceKey.of(facts);
  }

  @Test
  void anObjectMayHaveANumberSignInItsKey() {
    SourceKey key = read(FoundName.object("x#1.pdf"));
    assertThat(key)
        .isEqualTo(new SourceKey("data/pdf/" + PARTITION + "/x#1.pdf", "x#1.pdf", false, -1));
    assertThat(key.objectKey()).isEqualTo("data/pdf/" + PARTITION + "/x#1.pdf");
  }

  @Test
  void aTarAndItsMemberMayHaveANumberSignInTheirNames() {
    String tar = "data/tar/" + PARTITION + "/p#1.tar";
    SourceKey key = read(new FoundName("x#1.tar#2.pdf", tar, "", 512, 9, null));
    assertThat(key).isEqualTo(new SourceKey(tar, "x#1.tar#2.pdf", true, 512));
    assertThat(key.tar()).isEqualTo("p#1.tar");
    assertThat(key.objectKey()).isEqualTo("data/pdf/" + PARTITION + "/x#1.tar#2.pdf");
  }

  @Test
  void aRowThatSaysNothingHasNothing() {
    assertThat(SourceKey.of(Map.of())).isEqualTo(new SourceKey("", "", false, -1));
  }
}
