package cli;

import audit.GapList;
import config.Configuration;
import config.ConfigurationLoader;
import config.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import store.CredentialsChain;
import store.Store;
import store.StoreException;

/** {@code gap}: lists what failed and is not in the bucket, for another portal to fetch. */
@Command(
    name = "gap",
    description = {
      "Lists the failed documents that no harvest into the bucket has stored, one JSON object per"
          + " line: path, court, decision_date, cnr, title, reason.",
      "To fetch them from the portal, use portal.type=ecourts and portal.list."
    })
public final class GapCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the list to this file.")
  private @Nullable Path out;

  public GapCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    ConfigurationLoader loader = invocation.configuration();
    Configuration configuration = loader.load();
    CredentialsChain.feed(loader.dotEnv(), loader.environment());
    try (Store store = Store.open(configuration.store(), GapList.PARALLEL)) {
      store.bucket().require();
      GapList gaps = new GapList(store, invocation.err()::println);
      if (out == null) {
        gaps.find(invocation.out()::println);
      } else {
        write(gaps, target(invocation.file(out)));
      }
      return 0;
    } catch (StoreException e) {
      throw new UsageException("gap: " + e.getMessage(), e);
    } catch (IOException e) {
      throw TemporaryFolder.cannotHold("the temporary file of gap", e);
    }
  }

  /** The target of a link, so that the link itself is kept. */
  private Path target(Path file) {
    try {
      return Files.isRegularFile(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** A file is there whole or not at all; a device or a pipe is written to, never replaced. */
  private void write(GapList gaps, Path file) throws IOException, InterruptedException {
    boolean isReplaced = !Files.exists(file) || Files.isRegularFile(file);
    Path next = isReplaced ? file.resolveSibling(file.getFileName() + ".next") : file;
    try (PrintWriter lines = writer(next)) {
      long found = gaps.find(line -> lines.print(line + "\n"));
      if (lines.checkError()) {
        throw new UsageException(
            "--out: \"%s\" cannot be written to its end; expected a disk with enough space"
                .formatted(out));
      }
      if (isReplaced) {
        move(next, file);
      }
      invocation.out().printf(Locale.ROOT, "%s: %,d documents%n", out, found);
    } finally {
      if (isReplaced) {
        Files.deleteIfExists(next);
      }
    }
  }

  private PrintWriter writer(Path file) {
    try {
      return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private UsageException unwritable(IOException e) {
    return new UsageException(
        "--out: \"%s\" cannot be written (%s); expected a file in a folder that exists"
            .formatted(out, e.getClass().getSimpleName()),
        e);
  }
}
