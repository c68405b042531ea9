package portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
  void theKeyOfAnyLinkIsPlainShortAndNeverLeavesItsFolder(
      @ForAll("links") String href, @ForAll @IntRange(min = 80, max = 1024) int limit) {
    Optional<Address> address = Address.of(PAGE, href, identity(limit));

    address.ifPresent(
        read -> {
          assertThat(read.id()).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
          assertThat(read.id()).matches("[\\x21-\\x7E]+").doesNotContain("..");
          assertThat(read.uri().getScheme()).isIn("http", "https");
          assertThat(read.uri().getRawAuthority()).isNotEmpty();
          assertThat(read.uri().getRawUserInfo()).isNull();
          assertThat(read.uri().getRawFragment()).isNull();
          assertThat(read.uri().getRawPath().split("/")).doesNotContain("..", ".");
          assertThat(read.id().split("/", -1))
              .doesNotContain("", ".", "..")
              .allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(255));
        });
  }

  @Property
  void anAddressReadAgainIsTheSame(@ForAll("links") String href) {
    Optional<Address> address = Address.of(PAGE, href, identity(1000));
    Assume.that(address.isPresent());

    Address again = Address.of(PAGE, address.get().web().requested(), identity(1000)).orElseThrow();
    assertThat(again.id()).isEqualTo(address.get().id());
    assertThat(again.web().requested()).isEqualTo(address.get().web().requested());
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
    Assume.that(name.charAt(name.length() - 1) > ' ' && !name.matches("\\.{1,2}"));
    Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(name));

    assertThat(Address.of(PAGE, "/" + name, identity(1000)))
        .map(address -> address.uri().getPath())
        .contains("/" + name);
  }

  @Provide
  Arbitrary<String> confusingPaths() {
    Arbitrary<String> part =
        Arbitraries.of(
            "/",
            "//",
            ".",
            "..",
            "a",
            "_hosts/",
            "other.test",
            "?",
            "%3F",
            "%253F",
            "%2F",
            "%252F",
            "%2E",
            "%252E",
            "%5F",
            "%255F",
            "hosts/",
            "%25",
            "%",
            "%2",
            "zz",
            "b=c",
            "~",
            "x".repeat(250));
    return part.list().ofMinSize(1).ofMaxSize(7).map(parts -> String.join("", parts));
  }

  @Property(tries = 5000)
  void twoAddressesNeverShareAnId(
      @ForAll("confusingPaths") String one,
      @ForAll("confusingPaths") String other,
      @ForAll boolean oneIsElsewhere,
      @ForAll boolean otherIsElsewhere) {
    Address first = at(oneIsElsewhere, one);
    Address second = at(otherIsElsewhere, other);
    Assume.that(!first.web().requested().equals(second.web().requested()));

    assertThat(first.id()).isNotEqualTo(second.id());
  }

  @Property(tries = 2000)
  void anIdUsedAsAPathIsAnotherDocument(@ForAll("confusingPaths") String path) {
    Address address = at(false, path);
    Address again = Address.of(PAGE, "/" + address.id(), identity(1000)).orElseThrow();
    Assume.that(!again.web().requested().equals(address.web().requested()));

    assertThat(again.id()).isNotEqualTo(address.id());
  }

  private static Address at(boolean elsewhere, String path) {
    String host = elsewhere ? "http://other.test/" : "http://portal.test/";
    return Address.of(PAGE, host + path, identity(1000)).orElseThrow();
  }

  private static Identity identity(int limit) {
    return new Identity(PAGE, List.of(), limit);
  }

  private static String id(String path) {
    return Address.of(PAGE, "/" + path, identity(200)).orElseThrow().id();
  }
}
