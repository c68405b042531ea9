package portal.ecourts;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import model.FailureReason;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import portal.CaptchaImage;
import portal.PortalException;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;
import portal.SessionException;
import portal.SessionMemory;
import portal.http.Cookies;

/**
 * The requests of one session: carries cookies and token from each response to the next request,
 * opens the session at the first request, and opens another one when the portal has ended it.
 */
final class EcourtsWire {
  /** How many sessions in a row may end at once before the portal counts as being in trouble. */
  static final int MOST_RENEWALS = 3;

  /** The HTTP status of every answer that is read. */
  static final int OK = 200;

  private static final String SEARCH_IMAGE_SHOWN = "img#captcha_image";
  private static final String SEARCH_IMAGE = "vendor/securimage/securimage_show.php";

  private final EcourtsDialect dialect;
  private final PortalHttp http;
  private final PortalHttp door;
  private final SessionMemory memory;
  private Cookies cookies;
  private String token = "";
  private String searchImage = SEARCH_IMAGE;
  private boolean open;
  private int ended;
  private int staleTokens;

  EcourtsWire(EcourtsDialect dialect, PortalHttp http, SessionMemory memory) {
    this.dialect = dialect;
    this.cookies = dialect.cookies();
    this.http = http;
    this.door = dialect.redirects().around(this::once);
    this.memory = memory;
    memory.recall().flatMap(SavedSession::read).ifPresent(this::resume);
  }

  /** The portal may have kept the session while the program was down. */
  private void resume(SavedSession saved) {
    if (saved.portal().equals(dialect.base().toString())) {
      cookies.take(dialect.base(), Map.of("Set-Cookie", saved.cookies()));
      token = saved.token();
      open = true;
    }
  }

  /**
   * Sends a form, in a new session if the portal has ended the old one.
   *
   * @param call the portal's path, such as {@code home/}
   * @param unexpected the reason to report for a response that is not JSON
   * @throws PortalException if no readable response arrived
   * @throws SessionException if the portal ends every session at once
   */
  EcourtsAnswer call(String call, Map<String, String> fields, FailureReason unexpected) {
    for (int renewals = 0; renewals <= MOST_RENEWALS; renewals++) {
      Optional<EcourtsAnswer> answer = callOnce(call, fields, unexpected);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    throw endsAtOnce();
  }

  SessionException endsAtOnce() {
    return new SessionException(dialect.base() + " ends every session at once");
  }

  /** Like {@link #call}; empty if the portal has ended the session. */
  Optional<EcourtsAnswer> callOnce(
      String call, Map<String, String> fields, FailureReason unexpected) {
    if (!open || staleTokens > 1) {
      openSearchPage();
    }
    URI uri = URI.create(dialect.base() + "?p=pdf_search/" + call);
    Map<String, String> headers = Map.of("X-Requested-With", "XMLHttpRequest");
    Reply reply = ask(new Request("POST", uri, headers, EcourtsForms.encode(fields, token), null));
    requireOk(reply, uri);
    Optional<EcourtsAnswer> read = EcourtsAnswer.of(reply.body());
    Optional<Document> page = read.isPresent() ? Optional.empty() : searchPage(reply);
    if (page.isPresent()) {
      ended++; // the portal has started another session by itself
      token = "";
      takeSearchPage(page.get());
      return Optional.empty();
    }
    EcourtsAnswer answer = read.orElseThrow(() -> notJson(reply, uri, unexpected));
    if (answer.isSessionOver()) {
      end();
      return Optional.empty();
    }
    answer.token().ifPresent(next -> token = next);
    staleTokens = answer.wantsAnotherToken() ? staleTokens + 1 : 0;
    memory.keep(new SavedSession(dialect.base().toString(), token, cookies.all()).write());
    return Optional.of(answer);
  }

  private static void requireOk(Reply reply, URI uri) {
    if (reply.status() != OK) {
      throw new PortalException(
              FailureReason.http(reply.status()), uri + " answered " + reply.status())
          .answered(reply.status());
    }
  }

  private static PortalException notJson(Reply reply, URI uri, FailureReason unexpected) {
    boolean isEmpty = reply.body().length == 0 && !unexpected.isRejection();
    String what =
        reply.text(StandardCharsets.UTF_8).startsWith("{")
            ? "of broken JSON, or of more of it than is read"
            : "that are not JSON";
    return new PortalException(
            isEmpty ? FailureReason.EMPTY : unexpected,
            "%s answered with %d bytes %s".formatted(uri, reply.body().length, what))
        .answered(reply.status());
  }

  /**
   * Opens the search page: this starts a session, or returns the newest token of the session that
   * the cookies belong to.
   */
  private void openSearchPage() {
    Reply reply = ask(new Request("GET", dialect.base(), Map.of(), null, null));
    if (reply.status() != OK) {
      throw new SessionException(dialect.base() + " answered " + reply.status());
    }
    takeSearchPage(
        page(reply)
            .orElseThrow(
                () ->
                    new SessionException(
                        "%s is not a search page: its %d bytes have too many tags"
                            .formatted(dialect.base(), reply.body().length))));
    open = true;
  }

  private static Optional<Document> page(Reply reply) {
    return EcourtsHtml.parse(reply.text(StandardCharsets.UTF_8));
  }

  private static Optional<Document> searchPage(Reply reply) {
    return page(reply).filter(page -> page.selectFirst(SEARCH_IMAGE_SHOWN) != null);
  }

  private void takeSearchPage(Document page) {
    Element shown = page.selectFirst("input[name=app_token], #app_token");
    token = shown == null || shown.attr("value").isBlank() ? token : shown.attr("value").strip();
    Element image = page.selectFirst(SEARCH_IMAGE_SHOWN);
    searchImage = image == null ? SEARCH_IMAGE : image.attr("src");
    staleTokens = 0;
  }

  /** The number of this session, which changes whenever the portal has ended one. */
  int session() {
    return ended;
  }

  /** Records that the portal has ended the session: the next request opens another one. */
  void end() {
    cookies = dialect.cookies();
    token = "";
    staleTokens = 0;
    open = false;
    ended++;
  }

  /** Fetches what the search page would show: a document, or an image. */
  Reply get(URI uri, @Nullable Path spool, Map<String, String> conditions) {
    Map<String, String> headers = new HashMap<>(conditions);
    headers.put("Referer", dialect.base().toString());
    return ask(new Request("GET", uri, headers, null, spool));
  }

  private Reply ask(Request request) {
    return door.send(request);
  }

  /** Sends one request of a chain of redirects, with the cookies that the last one set. */
  private Reply once(Request request) {
    return cookies.around(http).send(request);
  }

  /** The captcha of the search page, a new one each time, as a data URI. */
  String searchImage() {
    return image(searchImage);
  }

  /**
   * Fetches an image, as a data URI.
   *
   * @throws SessionException if it does not arrive
   */
  String image(String source) {
    try {
      URI uri = dialect.passing(source);
      Reply reply = get(uri, null, Map.of());
      requireOk(reply, uri);
      return CaptchaImage.dataUri(reply.body());
    } catch (PortalException e) {
      throw new SessionException(
          "the portal asks for a captcha, but its image does not arrive: " + e.getMessage());
    }
  }
}
