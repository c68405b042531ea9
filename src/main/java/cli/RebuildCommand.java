package cli;

import audit.Rebuild;
import cli.terminal.ErrorLine;
import config.Configuration;
import config.HarvestSettings;
import config.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import ledger.DataFolder;
import ledger.LedgerException;
import ledger.LedgerRestore;
import model.Distribution;
import model.PageRange;
import model.Script;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import store.Store;
import store.StoreException;

/** {@code rebuild}: restores a lost ledger from the manifests in the bucket. */
@Command(
    name = "rebuild",
    description = "Restores this instance's ledger from the manifests in the bucket.")
public final class RebuildCommand implements Callable<Integer> {
  private static final int DRAWN_EVERY = 50;

  private final Invocation invocation;

  @Option(
      names = "--force",
      description =
          "Replace a ledger that has anything in it, or is damaged; it is kept as ledger.replaced.db.")
  private boolean force;

  public RebuildCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    MachineFault.requireTemporaryFolder();
    Configuration configuration = invocation.surveyed();
    Path folder = configuration.harvest().dataDir();
    try (Store store = Store.open(configuration.store(), Rebuild.PARALLEL)) {
      store.bucket().require();
      AuditCommand.requireSameHarvest(configuration.identity(), store.harvestFile());
      try (DataFolder held = DataFolder.take(folder)) {
        requireEmpty(held.ledgerFile());
        rebuild(configuration.harvest(), store, held.ledgerFile());
      }
    } catch (DataFolder.HeldException e) {
      throw DataFolders.held(folder, e);
    } catch (IOException e) {
      throw DataFolders.unusable(folder, e);
    } catch (LedgerException e) {
      throw DataFolders.unusable(folder, new IOException(e.getMessage(), e));
    } catch (StoreException e) {
      throw new UsageException("nothing was rebuilt: " + e.getMessage(), e);
    }
    return 0;
  }

  private void requireEmpty(Path ledger) {
    if (!force && LedgerRestore.hasContent(ledger)) {
      throw new UsageException(
          "the ledger \"%s\" is not empty, and nothing was rebuilt; expected an empty harvest.data-dir, or --force to replace it"
              .formatted(ledger));
    }
  }

  private void rebuild(HarvestSettings harvest, Store store, Path ledger)
      throws IOException, InterruptedException {
    PageRange range = range(harvest);
    try (LedgerRestore restore = LedgerRestore.of(ledger);
        ErrorLine line = new ErrorLine(invocation.err(), invocation.terminal())) {
      Rebuild rebuild =
          new Rebuild(
              store.manifests(),
              unreadable -> {
                line.draw("");
                invocation.err().println(unreadable);
              },
              pages -> {
                if (pages % DRAWN_EVERY == 0) {
                  line.draw(String.format(Locale.ROOT, "rebuild: %,d pages restored", pages));
                }
              });
      rebuild.restore(range, restore);
      Distribution plan = harvest.distribution();
      if (rebuild.lastPage() > plan.pages()) {
        restore.sweptTo(plan.scriptOfPage(plan.pages()).id(), rebuild.lastPage());
      }
      restore.finish();
      invocation
          .out()
          .printf(
              Locale.ROOT,
              "restored %,d of %,d pages: %,d rows are stored, %,d are not%n",
              rebuild.pages(),
              plan.pagesOf(harvest.instanceId())
                  .map(planned -> Math.max(planned.last(), rebuild.lastPage()) + 1 - range.first())
                  .orElse(0),
              rebuild.stored(),
              rebuild.notStored());
    }
  }

  /** The instance's pages; that of the last script may have followed the portal's total further. */
  private static PageRange range(HarvestSettings harvest) {
    Distribution plan = harvest.distribution();
    PageRange own =
        plan.pagesOf(harvest.instanceId())
            .orElseThrow(
                () ->
                    new UsageException(
                        "harvest.instance-id: instance %d has no pages to restore; expected another"
                            .formatted(harvest.instanceId())));
    Script last = plan.scriptOfPage(plan.pages());
    return last.instanceId() == harvest.instanceId()
        ? new PageRange(own.first(), Integer.MAX_VALUE)
        : own;
  }
}
