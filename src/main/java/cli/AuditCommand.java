package cli;

import audit.Audit;
import audit.AuditOptions;
import audit.AuditReport;
import audit.HashOptions;
import audit.Ledgers;
import audit.Scope;
import audit.Subset;
import cli.terminal.ErrorLine;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import config.Configuration;
import config.HarvestIdentity;
import config.UsageException;
import config.Values;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import ledger.LedgerView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import store.BadManifestException;
import store.HarvestFile;
import store.Store;
import store.StoreException;

/** {@code audit}: proves or disproves that the bucket holds every listed document. */
@Command(
    name = "audit",
    description =
        "Proves or disproves that the bucket holds every listed document, once and intact.")
public final class AuditCommand implements Callable<Integer> {
  private final Invocation invocation;
  private final InstantSource clock;

  @Option(
      names = "--all",
      description =
          "Audit the pages of all instances, and compare their rows with the portal's total.")
  private boolean all;

  @Option(
      names = "--checksums",
      description = "Compare the SHA-256 that the store keeps for each document.")
  private boolean checksums;

  @Option(names = "--deep", description = "Read each document again, and compare its SHA-256.")
  private boolean deep;

  @Option(
      names = "--subset",
      paramLabel = "S",
      description =
          "Compare the hashes of some documents only: n/t for the n-th of t parts, 5%% or 10GiB for a"
              + " random sample.")
  private @Nullable String subset;

  @Option(
      names = "--repair",
      description =
          "Queue what is missing or wrong: with the running instance, or in the ledger for the next"
              + " run.")
  private boolean repair;

  @Option(
      names = "--delete-extra",
      description =
          "With --repair: delete objects that no manifest and no instance knows, after listing them.")
  private boolean deleteExtra;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  /**
   * @param clock gives the time at which an audit begins, for one that continues later
   */
  public AuditCommand(Invocation invocation, InstantSource clock) {
    this.invocation = invocation;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    HashOptions.Source source =
        deep
            ? HashOptions.Source.BYTES
            : checksums ? HashOptions.Source.KEPT : HashOptions.Source.NONE;
    Subset chosen = chosen(source);
    if (deleteExtra && !repair) {
      throw new UsageException("--delete-extra: deletes objects; expected --repair with it");
    }
    Configuration configuration = invocation.surveyed();
    HashOptions hashes = new HashOptions(source, chosen, resume(configuration));
    return audit(configuration, hashes).isClean() ? 0 : 1;
  }

  private KnownDocuments known(Configuration configuration) {
    Path ledger = configuration.harvest().dataDir().resolve("ledger.db");
    return new KnownDocuments(
        configuration.store().prefix(),
        ids -> {
          Map<String, Ledgers.Known> found = new HashMap<>();
          LedgerView.find(ledger, ids)
              .forEach((id, doc) -> found.put(id, new Ledgers.Known(doc.page(), doc.open())));
          return found;
        },
        configuration.api());
  }

  private Subset chosen(HashOptions.Source source) {
    String text = subset;
    if (text == null) {
      return Subset.ALL;
    }
    if (source == HashOptions.Source.NONE) {
      throw new UsageException(
          "--subset: \"%s\" says whose hashes to compare; expected --checksums or --deep with it"
              .formatted(text));
    }
    try {
      return Subset.of(
          text,
          size -> Values.bytes(size).orElseThrow(IllegalArgumentException::new),
          new Random());
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--subset: \"%s\" is not a part of the documents; expected one such as 1/30, 5%% or 10GiB"
              .formatted(text),
          e);
    }
  }

  /** Writes only to a folder that already exists, because an audit needs none. */
  private HashOptions.@Nullable Resume resume(Configuration configuration) {
    Path folder = configuration.harvest().dataDir();
    return Files.isDirectory(folder)
        ? new HashOptions.Resume(
            folder.resolve("audit-%s.json".formatted(configuration.store().bucket())),
            clock.instant())
        : null;
  }

  private AuditReport audit(Configuration configuration, HashOptions hashes)
      throws InterruptedException, JsonProcessingException {
    Scope scope = scope(configuration);
    KnownDocuments known = known(configuration);
    AuditRepair repairing = repair ? new AuditRepair(configuration, known) : null;
    try (Store store = Store.open(configuration.store(), AuditOptions.PARALLEL)) {
      requireBucket(store);
      boolean isSame = requireSameHarvest(configuration.identity(), store.harvestFile());
      AuditOptions options = AuditOptions.PLAIN.with(hashes).with(known);
      AuditReport report =
          audit(store, scope, repairing == null ? options : options.with(repairing.repairs()));
      invocation.out().println(words(report, hashes));
      if (!isSame && !json) {
        invocation
            .out()
            .println(
                "%s is not in the bucket, so nothing in it says which harvest it holds; the next run writes it"
                    .formatted(store.harvestFile().key()));
      }
      if (repairing != null) {
        PrintStream notes = json ? invocation.err() : invocation.out();
        repairing.queue(notes);
        if (deleteExtra) {
          repairing.deleteExtra(store, notes);
        }
      }
      return report;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (StoreException e) {
      throw new UsageException(
          "the audit was aborted: %s%s"
              .formatted(e.status() == 0 ? "the store says " : "", e.getMessage()),
          e);
    } catch (IOException e) {
      throw TemporaryFolder.cannotHold("the audit's temporary file", e);
    }
  }

  private AuditReport audit(Store store, Scope scope, AuditOptions options)
      throws IOException, InterruptedException {
    try (ErrorLine line = new ErrorLine(invocation.err(), invocation.terminal())) {
      return new Audit(store, options.with(new AuditProgressLine(line))).audit(scope);
    }
  }

  private String words(AuditReport report, HashOptions hashes) throws JsonProcessingException {
    return json
        ? new JsonMapper().writeValueAsString(report)
        : invocation.terminal().fitted(AuditText.of(report, hashes));
  }

  private Scope scope(Configuration configuration) {
    var harvest = configuration.harvest();
    return all
        ? Scope.all(harvest.distribution())
        : Scope.of(harvest.instanceId(), harvest.distribution());
  }

  private static void requireBucket(Store store) {
    try {
      store.bucket().require();
    } catch (StoreException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Returns whether the bucket says that it holds this harvest; one that was filled by an older
   * version says nothing.
   *
   * @throws UsageException if it holds another one
   */
  static boolean requireSameHarvest(HarvestIdentity identity, HarvestFile file) {
    try {
      Optional<HarvestFile.Content> found = file.read();
      found.ifPresent(
          held -> identity.differs(held.values(), file.key() + " in the bucket holds", false));
      return found.isPresent();
    } catch (BadManifestException e) {
      throw new UsageException("the audit was aborted: " + e.getMessage(), e);
    }
  }
}
