package portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.concurrent.CancellationException;
import model.Digests;

/** Sends requests directly, without governor and robots.txt. */
public final class DirectHttp implements PortalHttp {
  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public Reply send(Request request) {
    HttpRequest.Builder asked = HttpRequest.newBuilder(request.uri());
    request.headers().forEach(asked::header);
    if (request.form() == null) {
      asked.GET();
    } else {
      asked.header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
      asked.POST(BodyPublishers.ofString(request.form()));
    }
    try {
      return reply(request, http.send(asked.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private static Reply reply(Request request, HttpResponse<byte[]> answer) throws IOException {
    byte[] body = answer.body();
    if (request.spool() == null || answer.statusCode() != 200) {
      return new Reply(answer.statusCode(), answer.headers().map(), body, null);
    }
    Files.write(request.spool(), body);
    return new Reply(
        200,
        answer.headers().map(),
        null,
        new Download(request.spool(), body.length, Digests.sha256(body)));
  }
}
