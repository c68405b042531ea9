package portal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cookies are kept and sent back as browsers do. */
class CookiesTest {
  private static final String FROM = "http://my_host.example/court/list";

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final Cookies cookies = new Cookies(() -> now);

  private void set(String from, String... values) {
    cookies.take(URI.create(from), Map.of("set-cookie", List.of(values)));
  }

  private String sent(String to) {
    return cookies.header(URI.create(to)).getOrDefault("Cookie", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=b                             | http://my_host.example/court/1.pdf     | a=b",
        "a=b                             | http://my_host.example:81/court/1.pdf  | a=b",
        "a=b                             | http://my_host.example/court           | a=b",
        "a=b                             | http://my_host.example/courts/1.pdf    | ''",
        "a=b                             | http://my_host.example/1.pdf           | ''",
        "a=b                             | http://sub.my_host.example/court/x     | ''",
        "a=b                             | http://other.example/court/x           | ''",
        "a=b; Path=/                     | http://my_host.example/1.pdf           | a=b",
        "a=b; path=docs                  | http://my_host.example/court/x         | a=b",
        "a=b; Path=/docs                 | http://my_host.example/docs/1.pdf      | a=b",
        "a=b; Path=/docs                 | http://my_host.example/docs            | a=b",
        "a=b; Path=/docs                 | http://my_host.example/docs-2023/1.pdf | ''",
        "a=b; Path=/docs/                | http://my_host.example/docs/1.pdf      | a=b",
        "a=b; Path=/; Domain=.my_host.example | http://sub.my_host.example/x      | a=b",
        "a=b; Path=/; Domain=other.example    | http://my_host.example/x          | ''",
        "a=b; Path=/; Domain=example     | http://my_host.example/x               | ''",
        "a=b; Path=/; Secure             | http://my_host.example/x               | ''",
        "__Secure-a=b; Path=/            | https://my_host.example/x              | ''",
        "__Host-a=b; Path=/              | https://my_host.example/x              | ''",
        "a=b; Path=/; HttpOnly; SameSite=Lax | https://my_host.example/x          | a=b",
        "a=\"b c\"; Path=/               | http://my_host.example/x               | a=\"b c\"",
        "a=b=c=; Path=/                  | http://my_host.example/x               | a=b=c=",
        "token; Path=/                   | http://my_host.example/x               | token",
        "a=b; Path=/; Max-Age=0          | http://my_host.example/x               | ''",
        "a=b; Path=/; Max-Age=soon       | http://my_host.example/x               | a=b",
        "a=b; Path=/; Expires=Thu, 01-Jan-1970 00:00:00 GMT | http://my_host.example/x | ''",
        "a=b; Path=/; Expires=never      | http://my_host.example/x               | a=b",
        "a=b; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=9 | http://my_host.example/x | a=b"
      })
  void aCookieIsSentToTheAddressesThatItIsMeantFor(String value, String to, String sent) {
    set(FROM, value);
    assertThat(sent(to)).isEqualTo(sent);
  }

  @Test
  void aSecureCookieIsSentOnlyOverHttps() {
    set("https://portal.example/", "a=b; Secure");
    assertThat(sent("https://portal.example/x")).isEqualTo("a=b");
    assertThat(sent("http://portal.example/x")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "__Secure-a=b; Secure; Domain=portal.example   | __Secure-a=b",
        "__Host-a=b; Secure; Path=/                    | __Host-a=b",
        "__Host-a=b; Secure; Path=/x                   | ''",
        "__host-a=b; Secure; Path=/; Domain=portal.example | ''"
      })
  void cookieNamePrefixesAreEnforced(String value, String sent) {
    set("https://portal.example/", value);
    assertThat(sent("https://portal.example/x")).isEqualTo(sent);
  }

  @Test
  void aPublicSuffixIsNotAcceptedAsADomain() {
    set("http://hc.gov.in/", "a=b; Domain=gov.in");
    assertThat(sent("http://other.gov.in/")).isEmpty();
    set("http://hc.court.gov.in/", "c=d; Domain=court.gov.in");
    assertThat(sent("http://www.court.gov.in/")).isEqualTo("c=d");
  }

  @Test
  void longerPathsComeFirstAndANewValueReplacesTheOld() {
    set(FROM, "a=1; Path=/", "b=2; Path=/court", "c=3; Path=/");
    set(FROM, "a=4; Path=/");
    assertThat(sent("http://my_host.example/court/x")).isEqualTo("b=2; a=4; c=3");
  }

  @Test
  void aCookieExpires() {
    set(FROM, "a=1; Max-Age=60");
    now = now.plusSeconds(59);
    assertThat(sent(FROM)).isEqualTo("a=1");
    now = now.plusSeconds(1);
    assertThat(sent(FROM)).isEmpty();
    assertThat(cookies.all()).isEmpty();
  }

  @Test
  void endlessCookiesDoNotFillTheHeap() {
    for (int i = 0; i < 5000; i++) {
      set(FROM, "c" + i + "=" + "x".repeat(4000));
    }
    assertThat(cookies.all()).hasSize(1000);
  }

  @ParameterizedTest
  @CsvSource({"PT-1H", "PT24H"})
  void aSessionCookieSurvivesAClockChange(Duration jump) {
    set(FROM, "PHPSESSID=a1; Path=/");
    now = now.plus(jump);

    assertThat(sent("http://my_host.example/x")).isEqualTo("PHPSESSID=a1");
    assertThat(cookies.all()).hasSize(1);
  }
}
