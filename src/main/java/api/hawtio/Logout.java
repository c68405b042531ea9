package api.hawtio;

import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * The console's way out. A browser forgets a login only when it is refused, so the right one is
 * refused here once; who then logs in anew is led back to the console.
 */
final class Logout implements Handler<RoutingContext> {
  private static final String MARK = "hawtio-logged-out";
  private static final int SECONDS_TO_LOG_IN = 60;
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en"><meta charset="utf-8"><title>hawtio</title>
      <p>You are logged out. <a href="%s">Log in again</a></p></html>
      """;

  private final String console;
  private final String path;

  /**
   * @param console path of the console
   * @param path of the logout
   */
  Logout(String console, String path) {
    this.console = console;
    this.path = path;
  }

  @Override
  public void handle(RoutingContext call) {
    HttpServerResponse response = call.response();
    if (call.request().getCookie(MARK) == null) {
      response.addCookie(mark("1", SECONDS_TO_LOG_IN));
      Console.refuse(response).putHeader("Content-Type", "text/html").end(PAGE.formatted(console));
    } else {
      response.addCookie(mark("", 0));
      response.setStatusCode(302).putHeader("Location", console).end();
    }
  }

  private Cookie mark(String value, long seconds) {
    return Cookie.cookie(MARK, value)
        .setPath(path)
        .setMaxAge(seconds)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT);
  }
}
