package harvest;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import monitor.Logging;
import monitor.OutOfMemoryNotifier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import platform.OutOfMemory;
import platform.Threads;
import testing.Fault;
import testing.FaultyStore;
import testing.Launcher;

/** Out of memory ends the process at once, without the help of a JVM flag. */
class OutOfMemoryIT {
  private static final String WORDS =
      "out of memory: give the JVM more, for example -Xmx256m, and start again";

  @TempDir Path folder;

  @Test
  void anInstanceThatRunsOutOfMemoryEndsAndTheNextContinues() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      // as large as a listing may be, with fewer tags than are refused before they are parsed
      String link =
          "<p id=total>20</p><a href='/doc/1.pdf'><b><i>one</i></b></a>" + "x".repeat(600);
      harvest.portal.fault("/list/2", Fault.html(link.repeat(15_000_000 / link.length())));
      try (Launcher run =
          harvest.process(List.of(), List.of("-Xmx64m", "-XX:-ExitOnOutOfMemoryError"))) {
        assertThat(run.exitCode()).isEqualTo(OutOfMemory.EXIT);
        assertThat(run.stderr()).isEqualTo(WORDS);
      }
      harvest.portal.heal();
      harvest.runToTheEnd();
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aManifestFarBeyondThePlanCostsAnAuditNoMemory() throws Exception {
    try (Harvest harvest = new Harvest(folder, 4, 2)) {
      harvest.runToTheEnd();
      Path manifests = folder.resolve("store").resolve(FaultyStore.BUCKET).resolve("manifests");
      Files.copy(manifests.resolve("page-000001.jsonl"), manifests.resolve("page-999999999.jsonl"));
      try (Launcher audit = harvest.processOf(List.of("-Xmx96m"), "audit", "--all", "--json")) {
        assertThat(audit.exitCode()).as(audit.stderr()).isZero();
        assertThat(audit.stdout()).contains("\"pages\":3,\"rows\":6,\"stored\":4");
      }
    }
  }

  private static String attributes(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> " a%d='a value of its own'".formatted(number))
        .collect(joining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"thread", "task", "log", "route"})
  void theProcessEndsWhereverTheErrorIsCaught(String where) throws Exception {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                where,
                folder.toString())
            .redirectErrorStream(true)
            .start();

    String said = new String(victim.getInputStream().readAllBytes());
    assertThat(victim.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(said).isEqualTo(WORDS + "\n");
    assertThat(victim.exitValue()).isEqualTo(OutOfMemory.EXIT);
  }

  /** A process in which the error is caught. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) throws Exception {
      OutOfMemory.watchThreads();
      Runnable fails =
          () -> {
            throw new OutOfMemoryError("simulated");
          };
      switch (args[0]) {
        case "thread" -> new Thread(fails).start();
        case "task" -> Threads.scheduled("task", 1).execute(fails);
        case "log" -> {
          Logging.toFiles(Path.of(args[1]));
          Throwable caught = new IllegalStateException(new OutOfMemoryError("simulated"));
          LoggerFactory.getLogger("library").warn("caught", caught);
        }
        default -> {
          CamelContext context = new DefaultCamelContext();
          context.getManagementStrategy().addEventNotifier(new OutOfMemoryNotifier());
          context.addRoutes(
              new RouteBuilder() {
                @Override
                public void configure() {
                  from("direct:a")
                      .doTry()
                      .process(exchange -> fails.run())
                      .doCatch(Exception.class)
                      .end();
                }
              });
          context.start();
          context.createProducerTemplate().sendBody("direct:a", "a");
        }
      }
      new CompletableFuture<>().get(30, TimeUnit.SECONDS);
    }
  }
}
