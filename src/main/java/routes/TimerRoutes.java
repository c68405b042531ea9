package routes;

import java.util.Collection;
import model.Script;
import org.apache.camel.builder.RouteBuilder;
import pipeline.PageSteps;
import pipeline.ScriptPages;

/**
 * One route per script: a scheduler that starts one page after another. Camel's timer would not do:
 * it follows the system clock, and if that is set back, the timer stops for as long.
 */
public final class TimerRoutes extends RouteBuilder {
  private final Collection<Script> scripts;
  private final ScriptPages scriptPages;

  /**
   * @param scripts the scripts of this instance
   */
  public TimerRoutes(Collection<Script> scripts, ScriptPages scriptPages) {
    this.scripts = scripts;
    this.scriptPages = scriptPages;
  }

  // spotless:off, because a route is read by its indentation
  @Override
  public void configure() {
    errorHandler(noErrorHandler());

    for (Script script : scripts) {
      String name = script.name();
      from("scheduler:" + name + "?initialDelay=0&delay=100&greedy=true&synchronous=true")
          .routeId(name).group("scripts").description("The pages of " + name + ", one after another")
          .autoStartup(false)
          .setHeader(PageSteps.SCRIPT, constant(script.id())).id(name + "-name")
          .bean(scriptPages, "next").id(name + "-next")
          .filter(body().isNotNull()).id(name + "-has-page")
            .doTry().id(name + "-page")
              .to("direct:page").id(name + "-work")
              .bean(scriptPages, "done").id(name + "-done")
            .doCatch(Exception.class).id(name + "-catch")
              .bean(scriptPages, "failed").id(name + "-failed")
            .end();
    }
  }
  // spotless:on
}
