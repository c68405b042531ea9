package cli;

import api.client.ApiClient;
import api.dto.Failure;
import api.dto.FailureCsv;
import api.dto.FailuresPage;
import config.UsageException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import model.ServerText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code failures}: the documents of a running instance that are not in the bucket, and why. */
@Command(
    name = "failures",
    description = {
      "Lists the documents of a running instance that failed or were rejected, and why.",
      "Covers closed pages only, in their order."
    })
public final class FailuresCommand implements Callable<Integer> {
  private static final String LINE = "%6s  %9s  %4s  %-12s  %s%n";

  private final Invocation invocation;

  @Mixin private final InstanceOption instance = new InstanceOption();

  @Option(names = "--script", paramLabel = "ID", description = "Only pages of this script.")
  private @Nullable Integer script;

  @Option(
      names = "--reason",
      paramLabel = "WORD",
      description = "Only documents with this reason, such as timeout or foreign_host.")
  private @Nullable String reason;

  @Option(names = "--csv", description = "As CSV, with a header.")
  private boolean csv;

  @Option(names = "--json", description = "As JSON, an object per line.")
  private boolean json;

  public FailuresCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (csv && json) {
      throw new UsageException("failures: both --csv and --json are given; expected one of them");
    }
    ApiClient client = instance.client(invocation);
    FailuresPage part = ask(client, null);
    begin(part);
    while (true) {
      part.failures().forEach(this::print);
      if (part.next() == null || !invocation.isRead()) {
        break;
      }
      part = ask(client, part.next());
    }
    end(part);
    return 0;
  }

  private static String words(Map.Entry<String, Long> reason) {
    return String.format(
        Locale.ROOT, "%,d %s", reason.getValue(), ServerText.harmless(reason.getKey()));
  }

  private FailuresPage ask(ApiClient client, @Nullable String after) throws InterruptedException {
    return client.get(
        "/api/failures?limit=1000"
            + query("script", script)
            + query("reason", reason)
            + query("after", after),
        FailuresPage.class);
  }

  private static String query(String name, @Nullable Object value) {
    return value == null
        ? ""
        : "&" + name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
  }

  private void begin(FailuresPage first) {
    if (csv) {
      invocation.out().print(FailureCsv.HEADER);
    } else if (!json && !first.failures().isEmpty()) {
      invocation.out().printf(LINE, "script", "page", "row", "reason", "document");
    }
  }

  private void print(Failure failure) {
    PrintStream out = invocation.out();
    if (csv) {
      out.print(FailureCsv.line(failure));
    } else if (json) {
      out.println(ApiClient.json(failure));
    } else {
      out.printf(
          Locale.ROOT,
          LINE,
          failure.scriptId(),
          failure.page(),
          failure.row(),
          ServerText.harmless(failure.reason()),
          ServerText.harmless(failure.id()));
    }
  }

  private void end(FailuresPage last) {
    if (csv || json) {
      return;
    }
    if (last.total() == 0) {
      invocation.out().println("no document of the closed pages failed or was rejected");
      return;
    }
    invocation
        .out()
        .printf(
            Locale.ROOT,
            "%n%,d rows: %s%n",
            last.total(),
            last.reasons().entrySet().stream()
                .map(FailuresCommand::words)
                .collect(Collectors.joining(", ")));
  }
}
