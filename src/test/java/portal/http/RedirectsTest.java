package portal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import model.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import portal.AllowedHosts;
import portal.PortalException;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;

class RedirectsTest {
  private static final URI START = URI.create("http://portal.test/list/1?x=y");

  private final Map<String, Reply> replies = new HashMap<>();
  private final List<Request> asked = new ArrayList<>();
  private final PortalHttp portal =
      request -> {
        asked.add(request);
        return replies.getOrDefault(request.uri().toString(), reply(200, Map.of()));
      };

  private static Reply reply(int status, Map<String, List<String>> headers) {
    return new Reply(status, headers, "body".getBytes(StandardCharsets.UTF_8), null);
  }

  private void redirects(String from, int status, String to) {
    replies.put(from, reply(status, Map.of("location", List.of(to))));
  }

  private Reply send(Request request) {
    AllowedHosts allowed = new AllowedHosts(List.of("portal.test", "files.test:8080"));
    return new Redirects(allowed, 5).around(portal).send(request);
  }

  private List<String> addresses() {
    return asked.stream().map(request -> request.uri().toString()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "301, /files/8.pdf,                   http://portal.test/files/8.pdf",
    "302, 8.pdf?a=b#c,                    http://portal.test/list/8.pdf?a=b",
    "303, ../8.pdf,                       http://portal.test/8.pdf",
    "307, //files.test:8080/8.pdf,        http://files.test:8080/8.pdf",
    "308, https://portal.test/list/1?x=y, https://portal.test/list/1?x=y",
    "302, /,                              http://portal.test/",
    "302, /a b.pdf,                       http://portal.test/a%20b.pdf",
    "302, /\u00c3\u00a4.pdf?\u00e4, http://portal.test/%C3%A4.pdf?%E4" // bytes, in a header
  })
  void aRedirectToAnAllowedHostIsFollowed(int status, String to, String address) {
    redirects(START.toString(), status, to);

    assertThat(send(Request.page(START)).status()).isEqualTo(200);
    assertThat(addresses()).containsExactly(START.toString(), address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://other.test/8.pdf",
        "//other.test/",
        "http://other.test",
        "http://files.test/8.pdf",
        "https://portal.test.other.test:99/x"
      })
  void aRedirectToAnotherHostIsNeverFollowedAndNamesIt(String to) {
    redirects(START.toString(), 302, to);

    assertThatThrownBy(() -> send(Request.page(START)))
        .isInstanceOfSatisfying(
            PortalException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.FOREIGN_HOST))
        .hasMessageContaining("the host " + START.resolve(to).getAuthority());
    assertThat(asked).hasSize(1);
  }

  @Test
  void aLoopEndsWithTheStatusOfItsLastResponse() {
    redirects(START.toString(), 301, START.toString());

    assertThat(send(Request.page(START)).status()).isEqualTo(301);
    assertThat(asked).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({"300, /x", "304, /x", "200, /x", "302, mailto:a@b", "302, ''"})
  void anythingButARedirectIsTheResponse(int status, String to) {
    redirects(START.toString(), status, to);

    assertThat(send(Request.page(START)).status()).isEqualTo(status);
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"301, GET", "302, GET", "303, GET", "307, POST", "308, POST"})
  void aFormIsSentAgainOnlyWhereTheStatusSaysSo(int status, String method) {
    redirects(START.toString(), status, "/x");

    send(new Request("POST", START, Map.of("A", "b"), "form", null));

    assertThat(asked.get(1).method()).isEqualTo(method);
    assertThat(asked.get(1).form() == null).isEqualTo(method.equals("GET"));
    assertThat(asked.get(1).headers()).containsEntry("A", "b");
  }

  @Test
  void cookiesThatARedirectSetsAreSentToItsTarget() {
    replies.put(
        START.toString(),
        reply(302, Map.of("location", List.of("/in"), "set-cookie", List.of("s=1; Path=/"))));

    new Redirects(new AllowedHosts(List.of("portal.test")), 5)
        .around(new Cookies(InstantSource.system()).around(portal))
        .send(Request.page(START));

    assertThat(asked.get(0).headers()).doesNotContainKey("Cookie");
    assertThat(asked.get(1).headers()).containsEntry("Cookie", "s=1");
  }
}
