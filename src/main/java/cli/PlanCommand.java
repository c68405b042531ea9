package cli;

import cli.terminal.TextTable;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.concurrent.Callable;
import model.Distribution;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan}: shows which scripts and pages each instance gets. */
@Command(
    name = "plan",
    description = "Prints how the pages are divided among scripts and instances.")
public final class PlanCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--json", description = "Print one JSON object instead of tables.")
  private boolean json;

  public PlanCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Distribution distribution = invocation.surveyed().harvest().distribution();
    Plan plan = Plan.of(distribution);
    invocation.out().println(json ? new JsonMapper().writeValueAsString(plan) : tables(plan));
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
