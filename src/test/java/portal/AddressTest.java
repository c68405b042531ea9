package portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private static final URI PAGE = URI.create("http://portal.test:8080/list/part/p?page=7");
  private static final int LIMIT = 1000;
  private static final Identity IDENTITY = new Identity(PAGE, List.of(), LIMIT);

  private static Optional<Address> read(String href) {
    return Address.of(PAGE, href, IDENTITY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "/doc/17.pdf            ! http://portal.test:8080/doc/17.pdf",
        "17.pdf                 ! http://portal.test:8080/list/part/17.pdf",
        "./17.pdf               ! http://portal.test:8080/list/part/17.pdf",
        "../17.pdf              ! http://portal.test:8080/list/17.pdf",
        ".././../17.pdf         ! http://portal.test:8080/17.pdf",
        "?doc=17                ! http://portal.test:8080/list/part/p?doc=17",
        "/get?doc=17&v=../x     ! http://portal.test:8080/get?doc=17&v=../x",
        "//other.test/17.pdf    ! http://other.test/17.pdf",
        "HTTPS://Other.TEST/A.pdf ! https://other.test/A.pdf",
        "http://[::1]:99/17.pdf ! http://[::1]:99/17.pdf",
        "http://other.test?d=1  ! http://other.test/?d=1",
        "a//b.pdf               ! http://portal.test:8080/list/part/a//b.pdf",
        "/a/./b.pdf             ! http://portal.test:8080/a/b.pdf",
        "12:30.pdf              ! http://portal.test:8080/list/part/12:30.pdf",
        "/17.pdf#page=2         ! http://portal.test:8080/17.pdf",
        "http://me:secret@other.test/17.pdf ! http://other.test/17.pdf",
        "a..b.pdf               ! http://portal.test:8080/list/part/a..b.pdf",
        "/a b.pdf               ! http://portal.test:8080/a%20b.pdf",
        "/a%20b%2f.pdf          ! http://portal.test:8080/a%20b%2f.pdf",
        "/100%.pdf              ! http://portal.test:8080/100%25.pdf",
        "/a%zz%4.pdf            ! http://portal.test:8080/a%25zz%254.pdf",
        "/a|b\\c.pdf            ! http://portal.test:8080/a%7Cb/c.pdf",
        "/a//b[1].pdf           ! http://portal.test:8080/a//b%5B1%5D.pdf",
        "a[1].pdf?u=http://x/y  ! http://portal.test:8080/list/part/a%5B1%5D.pdf?u=http://x/y",
        "/न्याय.pdf               ! http://portal.test:8080/%E0%A4%A8%E0%A5%8D%E0%A4%AF%E0%A4%BE%E0%A4%AF.pdf",
      })
  void linksAreReadAsBrowsersReadThem(String href, String uri) {
    assertThat(read(href)).map(Address::uri).contains(URI.create(uri));
  }

  @Test
  void surroundingWhiteSpaceAndLineBreaksAreNotPartOfALink() {
    assertThat(read(" \n /doc/\t1\r\n7.pdf\t "))
        .map(Address::uri)
        .contains(URI.create("http://portal.test:8080/doc/17.pdf"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "#",
        "#top",
        "javascript:open_pdf('1')",
        "JavaScript:void(0)",
        "ftp://portal.test/17.pdf",
        "data:application/pdf;base64,JVBERi0=",
        "mailto:clerk@portal.test",
        "file:///etc/passwd",
        "http://a b/17.pdf",
        "http://portal.test:99999/17.pdf",
        "http://portal.test:x/17.pdf",
        "http://[::1/17.pdf",
        "http://",
        "http://me@/17.pdf",
        "http://1.2.3.999/17.pdf",
        "http://a%2Fb/17.pdf",
      })
  void linksThatCannotBeADocumentsAddressAreRefused(String href) {
    assertThat(read(href)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/doc/17.pdf, doc/17.pdf",
    "/get?doc=17, get%3Fdoc=17",
    "/get?, get%3F",
    "/a..b.pdf, a.%2Eb.pdf",
    "/a....pdf, a.%2E.%2Epdf",
    "/get?f=../x, get%3Ff=.%2E/x",
    "/a%2Fb.pdf, a%2Fb.pdf",
    "//x.test//a.pdf, _hosts/x.test/%2Fa.pdf",
    "/a//b.pdf, a/%2Fb.pdf",
    "/a/%2Fb.pdf, a/%252Fb.pdf",
    "/a/, a%2F",
    "/a%2F, a%252F",
    "/, %2F",
    "/get?a=1/../2/./3, get%3Fa=1/.%2E/2/%2E/3",
    "/get%3Fa=1, get%253Fa=1",
    "/a.%2Eb.pdf, a.%252Eb.pdf",
    "/_hosts/x.test/a.pdf, %5Fhosts/x.test/a.pdf",
    "/%5Fhosts/x.test/a.pdf, %255Fhosts/x.test/a.pdf",
    "http://portal.test/a.pdf, _hosts/portal.test/a.pdf",
    "https://portal.test/a.pdf, _hosts/portal.test:443/a.pdf",
    "http://x.test:81/a.pdf?b, _hosts/x.test:81/a.pdf%3Fb",
    "http://[::1]:81/a.pdf, _hosts/[::1]:81/a.pdf",
    "HTTP://Portal.test:8080/a.pdf, a.pdf",
    "/a.pdf;jsessionid=0A1B?x=1, a.pdf%3Fx=1",
    "/s;JSESSIONID=0A1B.n1/a.pdf, s/a.pdf",
    "/a.pdf;v=2, a.pdf;v=2",
    "/a%zz.pdf, a%zz.pdf",
    "/a%25zz.pdf, a%25zz.pdf",
    "/100%?of=1%, 100%%3Fof=1%",
  })
  void theIdIsThePathAndTheQuery(String href, String id) {
    assertThat(read(href)).map(Address::id).contains(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%zz%4.pdf", "/100%", "/a%25zz.pdf", "/get?name=100%&x=%a%20b%"})
  void aPercentSignThatStartsNoEscapeIsRequestedUnchanged(String href) {
    assertThat(read(href).orElseThrow().web().requested())
        .isEqualTo("http://portal.test:8080" + href);
  }

  @Test
  void aParameterWithSuchAPercentSignCanBeDropped() {
    Identity identity = new Identity(PAGE, List.of("100%"), LIMIT);

    assertThat(Address.of(PAGE, "/get?100%=1&b=%zz", identity))
        .map(Address::id)
        .contains("get%3Fb=%zz");
  }

  @Test
  void longPartsAndIdsAreCutAndStayDistinct() {
    String path = "/" + ("x".repeat(200) + "/").repeat(10);
    String id = read(path + "1").orElseThrow().id();

    assertThat(id)
        .hasSizeLessThanOrEqualTo(LIMIT)
        .startsWith("xxx")
        .matches(".*~[0-9a-f]{64}")
        .isNotEqualTo(read(path + "2").orElseThrow().id());
    assertThat(id.split("/")).allMatch(part -> part.length() <= 255);
    assertThat(read("/" + "x".repeat(255)).orElseThrow().id()).isEqualTo("x".repeat(255));
    assertThat(read("/" + "x".repeat(256) + "/a").orElseThrow().id())
        .matches("x{190}~[0-9a-f]{64}/a");
  }

  @Test
  void aNameOfSixtyDevanagariLettersFitsAFileSystem() {
    String name = "न".repeat(60);
    String id = read("/" + name + ".pdf").orElseThrow().id();

    assertThat(id).hasSizeLessThanOrEqualTo(255).matches("(%[0-9A-F]{2})+~[0-9a-f]{64}");
    assertThat(read("/" + name + "x.pdf").orElseThrow().id()).isNotEqualTo(id);
    assertThat(read("/" + id).orElseThrow().id()).isNotEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "/get?sid=1&doc=17&utm_source=x, get%3Fdoc=17",
    "/get?doc=17&%73id=1&v=2, get%3Fdoc=17",
    "/17.pdf?sid=1, 17.pdf",
    "/17.pdf?sids=1, 17.pdf%3Fsids=1",
    "/17.pdf?, 17.pdf%3F",
    "http://x.test/17.pdf?sid, _hosts/x.test/17.pdf",
  })
  void droppedParametersAreSentButNotPartOfTheIdentity(String href, String id) {
    Identity identity = new Identity(PAGE, List.of("sid", "v", "utm_*"), LIMIT);
    Address address = Address.of(PAGE, href, identity).orElseThrow();

    assertThat(address.id()).isEqualTo(id);
    assertThat(address.uri()).isEqualTo(read(href).orElseThrow().uri());
  }
}
