package cli;

import api.client.ApiClient;
import api.client.NoAnswerException;
import api.dto.QueuedAnswer;
import config.ApiSettings;
import config.Configuration;
import config.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import ledger.DataFolder;
import ledger.Ledger;
import picocli.CommandLine.Command;

/**
 * {@code retry-failed}: queues every failed document again, through the API if an instance is
 * running on this data folder, otherwise in the ledger for the next {@code run}.
 */
@Command(name = "retry-failed", description = "Queues every failed document again.")
public final class RetryFailedCommand implements Callable<Integer> {
  private final Invocation invocation;

  public RetryFailedCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Configuration configuration = invocation.configuration().load();
    Path folder = configuration.harvest().dataDir();
    long queued;
    try (DataFolder held = DataFolder.take(folder);
        Ledger ledger = DataFolders.ledger(held)) {
      queued = ledger.retries().requeueFailed();
    } catch (DataFolder.HeldException e) {
      queued = askInstance(configuration.api());
    } catch (IOException e) {
      throw DataFolders.unusable(folder, e);
    }
    invocation.out().printf(Locale.ROOT, "queued %,d documents%n", queued);
    return 0;
  }

  private static long askInstance(ApiSettings api) throws InterruptedException {
    ApiClient client = ApiClient.of(api);
    try {
      return client.post("/api/retry-failed", QueuedAnswer.class).queued();
    } catch (NoAnswerException e) {
      throw new UsageException(
          "the data folder is held by another process, and %s does not answer; expected api.host and api.port of the instance that holds it"
              .formatted(client.address()),
          e);
    }
  }
}
