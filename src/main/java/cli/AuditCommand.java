package cli;

import audit.Audit;
import audit.AuditReport;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import config.Configuration;
import config.ConfigurationLoader;
import config.UsageException;
import java.io.IOException;
import java.util.concurrent.Callable;
import model.PageRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import store.CredentialsChain;
import store.Store;
import store.StoreException;

/** {@code audit}: proves or disproves that the bucket holds every listed document. */
@Command(
    name = "audit",
    description =
        "Proves or disproves that the bucket holds every listed document, once and whole.")
public final class AuditCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--all", description = "Audit the pages of all instances, not only of this one.")
  private boolean all;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  public AuditCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    ConfigurationLoader loader = invocation.configuration();
    Configuration configuration = loader.load();
    CredentialsChain.feed(loader.dotEnv(), loader.environment());
    AuditReport report = audit(configuration);
    invocation
        .out()
        .println(json ? new JsonMapper().writeValueAsString(report) : AuditText.of(report));
    return report.isClean() ? 0 : 1;
  }

  private AuditReport audit(Configuration configuration) throws InterruptedException {
    PageRange range = range(configuration);
    try (Store store = Store.open(configuration.store(), Audit.PARALLEL)) {
      requireBucket(store);
      return new Audit(store).audit(range, configuration.harvest().distribution());
    } catch (StoreException e) {
      throw new UsageException("the audit was aborted: the store says " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UsageException(
          "java.io.tmpdir: \"%s\" cannot hold the audit's temporary file (%s); expected a folder with enough space, set with -Djava.io.tmpdir=FOLDER"
              .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    }
  }

  private static void requireBucket(Store store) {
    try {
      store.bucket().require();
    } catch (StoreException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private PageRange range(Configuration configuration) {
    return all
        ? new PageRange(1, configuration.harvest().distribution().pages())
        : configuration
            .harvest()
            .distribution()
            .pagesOf(configuration.harvest().instanceId())
            .orElseThrow(
                () ->
                    new UsageException(
                        "harvest.instance-id: instance %d has no pages to audit; expected another, or --all"
                            .formatted(configuration.harvest().instanceId())));
  }
}
