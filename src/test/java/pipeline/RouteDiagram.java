package pipeline;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.NamedNode;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.TryDefinition;

/** Draws routes as Mermaid, from what Camel knows of them. */
final class RouteDiagram {
  private static final String DIRECT = "direct:";

  private final StringBuilder text = new StringBuilder("```mermaid\nflowchart TD\n");

  static String of(List<RouteDefinition> routes) {
    RouteDiagram diagram = new RouteDiagram();
    routes.forEach(diagram::route);
    return diagram.text.append("```\n").toString();
  }

  private void route(RouteDefinition route) {
    String start = node(route.getRouteId());
    line("  subgraph %s_route[\"%s\"]", start, route.getDescriptionText());
    line("  %s([\"%s\"])", start, address(route.getInput().getEndpointUri()));
    chain(start, "-->", route.getOutputs());
    line("  end");
  }

  private void chain(String from, String firstArrow, List<ProcessorDefinition<?>> steps) {
    String before = from;
    String arrow = firstArrow;
    for (ProcessorDefinition<?> step : steps) {
      boolean aside = step instanceof CatchDefinition || step instanceof FinallyDefinition;
      if (aside) {
        inner(from, step.getShortName(), step.getOutputs());
      } else {
        step(step);
        line("  %s %s %s", before, arrow, node(step.getId()));
        before = node(step.getId());
        arrow = "-->";
      }
    }
  }

  private void inner(String block, String label, List<ProcessorDefinition<?>> steps) {
    chain(block, "-. %s .->".formatted(label), steps);
  }

  private void step(ProcessorDefinition<?> step) {
    String name = node(step.getId());
    if (step instanceof ToDefinition to) {
      to(to, name);
    } else if (step instanceof ChoiceDefinition choice) {
      line("  %s{{\"choice %s\"}}", name, step.getId());
      choice.getWhenClauses().forEach(when -> inner(name, when.getId(), when.getOutputs()));
    } else if (step.getOutputs().isEmpty()) {
      line("  %s[\"%s\"]", name, step.getId());
    } else {
      line("  %s{{\"%s %s\"}}", name, step.getShortName(), step.getId());
      inner(name, step instanceof TryDefinition ? "try" : "each", step.getOutputs());
    }
  }

  private void to(ToDefinition to, String name) {
    String address = address(to.getEndpointUri());
    if (address.startsWith(DIRECT)) {
      line("  %s[[\"%s\"]]", name, to.getId());
      line("  %s ==> %s", name, node(address.substring(DIRECT.length())));
    } else {
      line("  %s[(\"%s: %s\")]", name, to.getId(), address.replaceAll(":.*", ""));
    }
  }

  private static String address(String uri) {
    return uri.replaceAll("\\?.*", "");
  }

  private static String node(String id) {
    return "n_" + id.replace('-', '_');
  }

  private void line(String format, Object... values) {
    text.append(String.format(format, values)).append('\n');
  }

  /** Every step of a route, also those within others. */
  static List<NamedNode> steps(RouteDefinition route) {
    return route.getOutputs().stream().flatMap(RouteDiagram::withInner).toList();
  }

  private static Stream<NamedNode> withInner(ProcessorDefinition<?> step) {
    return Stream.concat(
        Stream.of(step), step.getOutputs().stream().flatMap(RouteDiagram::withInner));
  }
}
