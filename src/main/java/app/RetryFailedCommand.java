package app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import ledger.DataFolder;
import ledger.Ledger;
import picocli.CommandLine.Command;

/**
 * {@code retry-failed}: queues every failed document again, through the API when an instance runs
 * on this data folder, else in the ledger for the next {@code run}.
 */
@Command(name = "retry-failed", description = "Queues every failed document again.")
final class RetryFailedCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Invocation invocation;

  RetryFailedCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Configuration configuration = invocation.configuration().load();
    Path folder = configuration.harvest().dataDir();
    long queued;
    try (DataFolder held = DataFolder.take(folder);
        Ledger ledger = Ledger.open(held.ledgerFile())) {
      queued = ledger.requeueFailed();
    } catch (DataFolder.HeldException e) {
      queued = askInstance(configuration.api());
    } catch (IOException e) {
      throw Serving.unusable(folder, e);
    }
    invocation.out().printf(Locale.ROOT, "queued %,d documents%n", queued);
    return 0;
  }

  private static long askInstance(ApiSettings api) throws InterruptedException {
    String host = api.host().contains(":") ? "[" + api.host() + "]" : api.host();
    URI address = URI.create("http://%s:%d/api/retry-failed".formatted(host, api.port()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(PATIENCE).POST(HttpRequest.BodyPublishers.noBody());
    if (api.key() != null) {
      request.header("X-API-Key", api.key());
    }
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
      JsonNode json = new ObjectMapper().readTree(answer.body());
      if (answer.statusCode() != 202) {
        throw new UserMistake(
            "%s answered %d: %s"
                .formatted(address, answer.statusCode(), json.path("message").asText()));
      }
      return json.path("queued").asLong();
    } catch (IOException e) {
      throw new UserMistake(
          "the data folder is held by another process, and %s does not answer; expected api.host and api.port of the instance that holds it"
              .formatted(address),
          e);
    }
  }
}
