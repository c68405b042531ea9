package model.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
  private static final URI PAGE = URI.create("http://portal.test:8080/list/part/p?page=7");

  private static String read(String link, Charset charset) {
    return WebAddress.read(PAGE, link, charset).map(WebAddress::toString).orElse("nothing");
  }

  private static String read(String link) {
    return read(link, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "docs\\2023\\1.pdf http://portal.test:8080/list/part/docs/2023/1.pdf",
        "\\docs\\1.pdf http://portal.test:8080/docs/1.pdf",
        "\\\\x.test\\1.pdf http://x.test/1.pdf",
        "/get?f=a\\1.pdf http://portal.test:8080/get?f=a\\1.pdf",
        "..\\..\\files\\2.pdf http://portal.test:8080/files/2.pdf",
      })
  void aBackslashIsASlashInThePath(String link, String address) {
    assertThat(read(link)).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "../../files/2.pdf, /files/2.pdf",
    "../../../../2.pdf, /2.pdf",
    "/../2.pdf, /2.pdf",
    "/a/b/../2.pdf, /a/2.pdf",
    "/a/%2e%2E/2.pdf, /2.pdf",
    "/a/.%2e/2.pdf, /2.pdf",
    "/a/%2E./2.pdf, /2.pdf",
    "/a/%2e/2.pdf, /a/2.pdf",
    "/a/b/.., /a/",
    "/a/b/., /a/b/",
    "/a/..%2f2.pdf, /a/..%2f2.pdf",
    "/a/...pdf, /a/...pdf",
    "/a//../2.pdf, /a/2.pdf",
  })
  void dotSegmentsAreResolvedAndNeverLeaveTheRoot(String link, String path) {
    assertThat(read(link)).isEqualTo("http://portal.test:8080" + path);
  }

  @Test
  void aLinkThatGoesUpThreeThousandTimesDoesNotOverflowTheStack() {
    assertThat(read("../".repeat(3000) + "1.pdf")).isEqualTo("http://portal.test:8080/1.pdf");
    assertThat(read("%2e%2E\\".repeat(100_000) + "1.pdf"))
        .isEqualTo("http://portal.test:8080/1.pdf");
    assertThat(read("a/".repeat(100_000) + "../".repeat(100_000) + "1.pdf"))
        .isEqualTo("http://portal.test:8080/list/part/1.pdf");
    assertThat(read("/".repeat(100_000) + "x.test/1.pdf")).isEqualTo("http://x.test/1.pdf");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http:/x.test/1.pdf http://portal.test:8080/x.test/1.pdf",
        "https:/x.test/1.pdf https://x.test/1.pdf",
        "https:x.test/1.pdf https://x.test/1.pdf",
        "https:////x.test//1.pdf https://x.test//1.pdf",
        "https:\\\\x.test/1.pdf https://x.test/1.pdf",
        "///x.test/1.pdf http://x.test/1.pdf",
        "http:1.pdf http://portal.test:8080/list/part/1.pdf",
      })
  void missingAndDoubledSlashesAreReadAsTheStandardSays(String link, String address) {
    assertThat(read(link)).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "my_portal.test my_portal.test",
        "EXAMPLE.Test example.test",
        "bücher.example xn--bcher-kva.example",
        "BÜCHER.example xn--bcher-kva.example",
        "bu\u0308cher.example xn--bcher-kva.example",
        "straße.example xn--strae-oqa.example",
        "भारत.example xn--h2brj9c.example",
        "例え.テスト xn--r8jz45g.xn--zckzah",
        "ex\u00ADample\u3002test example.test",
        "ｅｘａｍｐｌｅ.test example.test",
        "%65xample.test example.test",
        "xn--bcher-kva.example xn--bcher-kva.example",
        "example.test:80 example.test",
        "example.test:0081 example.test:81",
        "example.test: example.test",
        "me:secret@example.test example.test",
        "me@home@example.test example.test",
        "0x7f.1 127.0.0.1",
        "0177.0.0.01 127.0.0.1",
        "2130706433 127.0.0.1",
        "127.0.0.1. 127.0.0.1",
        "[::1] [::1]",
        "[1:0:0:2:0:0:0:3]:81 [1:0:0:2::3]:81",
        "[::127.0.0.1] [::7f00:1]",
        "[2001:DB8:0:0:1::] [2001:db8:0:0:1::]",
      })
  void hostsAreReadAsBrowsersReadThem(String host, String read) {
    assertThat(read("http://" + host + "/1.pdf")).isEqualTo("http://" + read + "/1.pdf");
    assertThat(WebAddress.read("http://" + host + "/1.pdf").orElseThrow().uri())
        .hasToString("http://" + read + "/1.pdf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a<b",
        "a%00b",
        "a%23b",
        "1.2.3.4.5",
        "256.0.0.1",
        "0x100000000",
        "a.09",
        "[1::2::3]",
        "[::g]",
        "[1:2:3]",
        "[::1",
        "::1",
        "a:99999",
        "a:x",
        "",
        "@",
        "\uFFFD",
        "\u00AD"
      })
  void anInvalidHostMakesTheAddressInvalid(String host) {
    assertThat(read("https://" + host + "/1.pdf".repeat(host.isEmpty() ? 0 : 1)))
        .isEqualTo("nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "/get?file=Café.pdf ! ISO-8859-1 ! /get?file=Caf%E9.pdf",
        "/get?file=Café.pdf ! UTF-8 ! /get?file=Caf%C3%A9.pdf",
        "/get?file=Café.pdf ! UTF-16LE ! /get?file=Caf%C3%A9.pdf",
        "/Café?f=Дело 5 ! windows-1251 ! /Caf%C3%A9?f=%C4%E5%EB%EE%205",
        "/get?f=न ! ISO-8859-1 ! /get?f=%26%232344%3B",
        "/get?f=%E9&g=é ! windows-1252 ! /get?f=%E9&g=%E9",
      })
  void aQueryIsEncodedInThePagesCharacterSetAndAPathInUtf8(
      String link, String charset, String read) {
    assertThat(read(link, Charset.forName(charset))).isEqualTo("http://portal.test:8080" + read);
  }

  @Test
  void surroundingWhiteSpaceAndLineBreaksInsideAreDropped() {
    assertThat(read(" \u0000\n/doc/\t4\r\n.pdf \f")).isEqualTo("http://portal.test:8080/doc/4.pdf");
    assertThat(read("ht\ntps://x.test/a b.pdf ")).isEqualTo("https://x.test/a%20b.pdf");
  }

  @Test
  void charactersThatAUriMustNotContainAreEncodedForTheRequest() {
    WebAddress read = WebAddress.read(PAGE, "/a|b[1]%zz?c={d}|%").orElseThrow();

    assertThat(read.toString()).isEqualTo("http://portal.test:8080/a|b[1]%zz?c={d}|%");
    assertThat(read.uri()).hasToString("http://portal.test:8080/a%7Cb%5B1%5D%25zz?c=%7Bd%7D%7C%25");
    assertThat(read.requested()).isEqualTo("http://portal.test:8080/a%7Cb%5B1%5D%zz?c=%7Bd%7D%7C%");
  }
}
