package cli;

import cli.terminal.TextTable;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import config.Configuration;
import config.Survey;
import config.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan}: shows which scripts and pages each instance gets. */
@Command(
    name = "plan",
    description = "Prints how the pages are divided among scripts and instances.")
public final class PlanCommand implements Callable<Integer> {
  private static final double FASTEST = 1e9;

  private final Invocation invocation;

  @Option(names = "--json", description = "Print one JSON object instead of tables.")
  private boolean json;

  public PlanCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Also print how long it takes at this many documents a second.")
  private @Nullable Double rate;

  @Override
  public Integer call() throws JsonProcessingException {
    if (rate != null && !(rate > 0 && rate <= FASTEST)) {
      throw new UsageException(
          "--rate: \"%s\" is not a number of documents a second; expected more than 0, such as 615"
              .formatted(rate));
    }
    Configuration configuration = invocation.surveyed();
    List<Survey.Partition> partitions =
        configuration.survey().map(Survey::partitions).orElse(List.of());
    Plan plan = Plan.of(configuration.harvest().distribution(), partitions);
    if (json) {
      invocation.out().println(new JsonMapper().writeValueAsString(plan));
      return 0;
    }
    if (!partitions.isEmpty()) {
      invocation
          .out()
          .println(
              new PartitionTable(partitions, rate).within(invocation.terminal().longestLine()));
    } else if (rate != null) {
      invocation
          .out()
          .printf(
              Locale.ROOT,
              "at %s documents a second: %s%n",
              PartitionTable.number(rate),
              PartitionTable.time(plan.totalResults(), rate));
    }
    invocation.out().println(tables(plan));
    return 0;
  }

  private static String tables(Plan plan) {
    TextTable instances =
        new TextTable("instance", "scripts", "first page", "last page", "pages", "results");
    for (Plan.Instance instance : plan.instances()) {
      instances.row(
          instance.id(),
          instance.scripts(),
          instance.startPage(),
          instance.endPage(),
          instance.totalPages(),
          instance.results());
    }
    TextTable scripts =
        new TextTable("script", "instance", "first page", "last page", "pages", "results");
    for (Plan.Share script : plan.scripts()) {
      scripts.row(
          script.id(),
          script.instanceId(),
          script.startPage(),
          script.endPage(),
          script.totalPages(),
          script.results());
    }
    return String.format(
        Locale.ROOT,
        "%,d results on %,d pages of %,d; %,d pages per script%n%n%s%n%s",
        plan.totalResults(),
        plan.totalPages(),
        plan.pageSize(),
        plan.pagesPerScript(),
        instances,
        scripts.toString().stripTrailing());
  }
}
