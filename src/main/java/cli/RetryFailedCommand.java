package cli;

import api.client.ApiClient;
import api.client.NoAnswerException;
import api.dto.QueuedAnswer;
import api.dto.RetryRequest;
import config.Configuration;
import config.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import ledger.DataFolder;
import ledger.FailureFilter;
import ledger.Ledger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import scripts.OfflineScripts;

/**
 * {@code retry-failed}: queues failed documents again, through the API if an instance is running on
 * this data folder, otherwise in the ledger for the next {@code run}.
 */
@Command(
    name = "retry-failed",
    description = {
      "Queues failed documents again: all, or those that are named.",
      "If no instance is running on this data folder, the next one starts on them."
    })
public final class RetryFailedCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--script", paramLabel = "ID", description = "Only documents of this script.")
  private @Nullable Integer script;

  @Mixin private final NamedFailures named = new NamedFailures();

  public RetryFailedCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    named.check("retry-failed");
    Configuration configuration = invocation.surveyed();
    Path folder = configuration.harvest().dataDir();
    long queued;
    try (DataFolder held = DataFolder.take(folder);
        Ledger ledger = DataFolders.ledger(held)) {
      queued = inLedger(new OfflineScripts(configuration.harvest(), ledger));
    } catch (DataFolder.HeldException e) {
      queued = askInstance(ApiClient.of(configuration.api()));
    } catch (IOException e) {
      throw DataFolders.unusable(folder, e);
    }
    invocation.out().println("queued " + Amount.of(queued, "document"));
    return 0;
  }

  private long inLedger(OfflineScripts scripts) {
    if (script == null) {
      return scripts.retryFailed(new FailureFilter(named.reason(), null, named.ids()));
    }
    if (!scripts.ids().contains(script)) {
      throw new UsageException(
          "retry-failed: script %d is not of this instance; expected one of %s"
              .formatted(script, words(scripts.ids())));
    }
    return scripts
        .pages(script)
        .map(pages -> scripts.retryFailed(new FailureFilter(named.reason(), pages, named.ids())))
        .orElse(0);
  }

  private static String words(List<Integer> ids) {
    return ids.isEmpty() ? "none, it has no scripts" : ids.get(0) + "-" + ids.get(ids.size() - 1);
  }

  private long askInstance(ApiClient client) throws InterruptedException {
    long queued = 0;
    try {
      for (List<String> ids : named.batches()) {
        queued +=
            client
                .post(
                    "/api/retry-failed",
                    new RetryRequest(named.reason(), script, ids),
                    QueuedAnswer.class)
                .queued();
      }
      return queued;
    } catch (NoAnswerException e) {
      throw new UsageException(
          "the data folder is held by another process, and %s does not answer; expected api.host and api.port of the instance that holds it"
              .formatted(client.address()),
          e);
    }
  }
}
