package simulation;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import pipeline.DocumentTask;
import pipeline.PageManifest;
import pipeline.RoundSteps;
import pipeline.Verdict;
import portal.Download;

/** Faults put back into the program on purpose, to see that the simulation finds them. */
final class Mistakes {
  private Mistakes() {}

  /** All of them, by their description. */
  static Map<String, Mistake> all() {
    return Map.of(
        "confirms before the PUT is acknowledged",
        before("document", "put-document", Mistakes::confirm),
        "closes the page before its manifest",
        before("manifest", "put-manifest", Mistakes::close),
        "forgets a retry at a restart",
        new Mistake() {
          @Override
          public String[] atRestart() {
            return new String[] {"UPDATE pages SET state = 'complete' WHERE state = 'retry'"};
          }
        },
        "counts an outage against documents",
        before("page", "verdict", Mistakes::countSilence),
        "releases a claim twice",
        before("document", "put-document", Mistakes::release),
        "takes a 200 without ETag for an acknowledgement",
        new Mistake() {
          @Override
          public boolean wantsAcknowledgement() {
            return false;
          }
        },
        "gives up documents while the store refuses all",
        new Mistake() {
          @Override
          public void advise(DefaultCamelContext camel, Program program) throws Exception {
            AdviceWith.adviceWith(camel, "page", route -> route.weaveById("try-store").remove());
          }
        });
  }

  private interface Step {
    void take(Exchange exchange, Program program);
  }

  private static Mistake before(String route, String step, Step wrong) {
    return new Mistake() {
      @Override
      public void advise(DefaultCamelContext camel, Program program) throws Exception {
        Processor early = exchange -> wrong.take(exchange, program);
        AdviceWith.adviceWith(
            camel, route, changed -> changed.weaveById(step).before().process(early));
      }
    };
  }

  private static void confirm(Exchange exchange, Program program) {
    program.record.stored(
        task(exchange),
        exchange.getProperty("download", Download.class),
        exchange.getProperty("uploadBegan", Long.class));
  }

  private static void close(Exchange exchange, Program program) {
    program.manifestSteps.close(exchange.getProperty("manifest", PageManifest.class));
  }

  private static void countSilence(Exchange exchange, Program program) {
    if (exchange.getProperty(RoundSteps.VERDICT) instanceof Verdict.HostsSilent) {
      exchange.setProperty(RoundSteps.VERDICT, new Verdict.Settled());
    }
  }

  private static void release(Exchange exchange, Program program) {
    program.known.documents().release(task(exchange).id());
  }

  private static DocumentTask task(Exchange exchange) {
    return exchange.getProperty("task", DocumentTask.class);
  }
}
