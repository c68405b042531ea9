package portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private static final URI PAGE = URI.create("http://portal.test:8080/list/part/p?page=7");
  private static final int LIMIT = 1000;

  private static Optional<Address> read(String href) {
    return Address.of(PAGE, href, LIMIT);
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
        "/a|b\\c.pdf            ! http://portal.test:8080/a%7Cb%5Cc.pdf",
        "/a//b[1].pdf           ! http://portal.test:8080/a//b%5B1%5D.pdf",
        "a[1].pdf?u=http://x/y  ! http://portal.test:8080/list/part/a%5B1%5D.pdf?u=http://x/y",
        "/न्याय.pdf               ! http://portal.test:8080/%E0%A4%A8%E0%A5%8D%E0%A4%AF%E0%A4%BE%E0%A4%AF.pdf",
      })
  void linksAreReadAsBrowsersReadThem(String href, String uri) {
    assertThat(read(href)).map(Address::uri).contains(URI.create(uri));
  }

  @Test
  void whiteSpaceAroundAndLineBreaksWithinALinkAreNoPartOfIt() {
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
        "/",
        "http://portal.test",
        "http://portal.test/",
        "javascript:open_pdf('1')",
        "JavaScript:void(0)",
        "ftp://portal.test/17.pdf",
        "data:application/pdf;base64,JVBERi0=",
        "mailto:clerk@portal.test",
        "file:///etc/passwd",
        "http:///17.pdf",
        "http:17.pdf",
        "http://a b/17.pdf",
        "http://a@b@c/17.pdf",
        "http://portal.test:99999/17.pdf",
        "http://portal.test:x/17.pdf",
        "http://[::1/17.pdf",
        "http://%70ortal.test/17.pdf",
      })
  void whatIsNoAddressOfADocumentIsNone(String href) {
    assertThat(read(href)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "doc/..",
        "doc/../17.pdf",
        "../doc/../17.pdf",
        "/../17.pdf",
        "/doc/../17.pdf",
        "http://portal.test/../17.pdf",
        "http://portal.test/doc/..",
        "//portal.test/a/../b.pdf",
        "../../../17.pdf",
        "%2e%2e/17.pdf",
        "%2E./17.pdf",
        "/.%2e/17.pdf",
        "/doc/%2E%2E/17.pdf",
        "..%2f..%2f17.pdf",
        "/..%2F17.pdf",
        "/doc%2f..%2f17.pdf",
        "..\\17.pdf",
        "/doc\\..\\17.pdf",
        "/..%5c17.pdf",
        "/doc/..?x=1",
        "..#x",
      })
  void noLinkMayGoUpButAtTheBeginningOfARelativeOne(String href) {
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
    "//x.test//a.pdf, /a.pdf",
  })
  void theIdIsThePathAndTheQuery(String href, String id) {
    assertThat(read(href)).map(Address::id).contains(id);
  }

  @Test
  void longIdsAreCutAndStayDistinct() {
    String id = read("/" + "x".repeat(2000) + "1").orElseThrow().id();
    String other = read("/" + "x".repeat(2000) + "2").orElseThrow().id();

    assertThat(id).hasSize(LIMIT).startsWith("xxx").matches(".*~[0-9a-f]{64}").isNotEqualTo(other);
    assertThat(read("/" + "x".repeat(LIMIT)).orElseThrow().id()).isEqualTo("x".repeat(LIMIT));
  }
}
