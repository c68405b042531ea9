package model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {
  private static final String PREFIX = "judgments/";

  @Test
  void aKeyIsItsPrefixAndItsId() {
    assertThat(new ObjectKey(PREFIX, "doc/17.pdf").text()).isEqualTo("judgments/doc/17.pdf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "doc/17.pdf",
        "judgments/court/cnrorders/taphc/orders/2017/HBHC010262202017_1_2017-06-29.pdf",
        "a%20b.pdf",
        "get.php%3Fid=1&x=a+b",
        "cost$1(2)!.pdf",
        "cut%4~" + "ab"
      })
  void plainCharactersStayAsTheyAre(String id) {
    assertThat(ObjectKey.plain(id)).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "a${b}.pdf,a$%7Bb%7D.pdf",
    "$simple{body},$simple%7Bbody%7D",
    "{{sys:user.home}},%7B%7Bsys:user.home%7D%7D",
    "a b,a%20b",
    "ä,%C3%A4",
    "../a,.%2E/a"
  })
  void allOthersArePercentEncoded(String name, String id) {
    assertThat(ObjectKey.plain(name)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a/../b", "${a}", "$simple{a}"})
  void anIdThatIsNotPlainIsRefused(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKey(PREFIX, id));
  }

  @Test
  void aKeyIsNoLongerThanS3Accepts() {
    int longest = ObjectKey.longestId(PREFIX);

    assertThat(new ObjectKey(PREFIX, "x".repeat(longest)).text()).hasSize(1024);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectKey(PREFIX, "x".repeat(longest + 1)));
  }

  @Test
  void anIdThatIsTooLongIsCutAndEndsInItsHash() {
    String one = "x".repeat(300) + "1";
    String other = "x".repeat(300) + "2";

    assertThat(ObjectKey.fit(one, 100)).hasSize(100).matches("x{35}~[0-9a-f]{64}");
    assertThat(ObjectKey.fit(one, 100)).isNotEqualTo(ObjectKey.fit(other, 100));
    assertThat(ObjectKey.fit(one, 301)).isEqualTo(one);
  }
}
