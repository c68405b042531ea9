package demo.opendata;

import demo.DemoStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** A store on loopback that holds an {@link OpenDataBucket} and requires no signature. */
public final class EmbeddedSource implements AutoCloseable {
  private static final int CONFLICT = 409;

  private final DemoStore store;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private EmbeddedSource(DemoStore store) {
    this.store = store;
  }

  /**
   * Starts it on a free port, with all its objects.
   *
   * @param folder created if missing
   * @throws IOException when the folder or a port cannot be used
   */
  public static EmbeddedSource start(Path folder, OpenDataBucket bucket) throws IOException {
    EmbeddedSource source = new EmbeddedSource(DemoStore.openToAll(folder));
    try {
      source.send("PUT", "/" + OpenDataBucket.NAME, BodyPublishers.noBody());
      bucket.write(source::put);
      return source;
    } catch (UncheckedIOException e) {
      source.close();
      throw e.getCause();
    }
  }

  /** Its address; clients must use path-style access. */
  public URI endpoint() {
    return store.endpoint();
  }

  /** Puts an object, replacing any with this key. */
  public void put(String key, byte[] bytes) {
    send("PUT", "/" + OpenDataBucket.NAME + "/" + key, BodyPublishers.ofByteArray(bytes));
  }

  /** Deletes an object. */
  public void delete(String key) {
    send("DELETE", "/" + OpenDataBucket.NAME + "/" + key, BodyPublishers.noBody());
  }

  private void send(String method, String path, BodyPublisher body) {
    try {
      URI address =
          new URI("http", null, "127.0.0.1", store.endpoint().getPort(), path, null, null);
      HttpRequest request = HttpRequest.newBuilder(address).method(method, body).build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300 && answer.statusCode() != CONFLICT) {
        throw new IOException(
            "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops the store. The objects stay in the folder. */
  @Override
  public void close() throws IOException {
    store.close();
  }
}
