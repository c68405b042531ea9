package portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class AddressPropertiesTest {
  private static final URI PAGE = URI.create("http://portal.test/list/p");

  @Provide
  Arbitrary<String> links() {
    Arbitrary<String> part =
        Arbitraries.oneOf(
            Arbitraries.of(
                "..", ".", "/", "\\", "%2e", "%2E", "%2f", "%5c", "?", "#", "%", "//", ":", "@"),
            Arbitraries.of("http://portal.test", "http:", "[", "]", "&", "=", "~", "+", " ", "\t"),
            Arbitraries.strings().ofMaxLength(5),
            Arbitraries.strings().alpha().ofMaxLength(30));
    return part.list().ofMaxSize(12).map(parts -> String.join("", parts));
  }

  @Property(tries = 2000)
  void whateverALinkSaysItsKeyIsPlainShortAndNeverGoesUp(
      @ForAll("links") String href, @ForAll @IntRange(min = 80, max = 1024) int limit) {
    Optional<Address> address = Address.of(PAGE, href, limit);

    address.ifPresent(
        read -> {
          assertThat(read.id()).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
          assertThat(read.id()).matches("[\\x21-\\x7E]+").doesNotContain("..");
          assertThat(read.uri().getScheme()).isIn("http", "https");
          assertThat(read.uri().getHost()).isNotNull();
          assertThat(read.uri().getRawUserInfo()).isNull();
          assertThat(read.uri().getRawFragment()).isNull();
          assertThat(read.uri().getRawPath().split("/")).doesNotContain("..", ".");
        });
  }

  @Property
  void anAddressReadAgainIsTheSame(@ForAll("links") String href) {
    Optional<Address> address = Address.of(PAGE, href, 1000);
    Assume.that(address.isPresent());

    assertThat(Address.of(PAGE, address.get().uri().toString(), 1000)).isEqualTo(address);
  }

  @Property
  void distinctPathsHaveDistinctIds(
      @ForAll @AlphaChars @StringLength(min = 1, max = 300) String one,
      @ForAll @AlphaChars @StringLength(min = 1, max = 300) String other) {
    Assume.that(!one.equals(other));

    assertThat(id(one)).isNotEqualTo(id(other));
  }

  @Property
  void everyCharacterSurvivesAsItsBytes(@ForAll @StringLength(min = 1, max = 20) String name) {
    Assume.that(name.chars().noneMatch(c -> "\t\r\n#?/\\%".indexOf(c) >= 0));
    Assume.that(name.equals(name.strip()) && !name.matches("\\.{1,2}"));
    Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(name));

    assertThat(Address.of(PAGE, "/" + name, 1000))
        .map(address -> address.uri().getPath())
        .contains("/" + name);
  }

  private static String id(String path) {
    return Address.of(PAGE, "/" + path, 200).orElseThrow().id();
  }
}
