package cli;

import api.client.ApiClient;
import api.dto.ScriptAnswer;
import api.dto.StartAnswer;
import api.dto.StartRequest;
import config.UsageException;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import model.ServerText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code start}: starts scripts of a running instance. */
@Command(
    name = "start",
    description =
        "Starts scripts of a running instance: those given, or the next ones that are neither running"
            + " nor completed.")
public final class StartCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final InstanceOption instance = new InstanceOption();

  @Parameters(paramLabel = "ID", description = "Numbers of the scripts.")
  private List<Integer> ids = List.of();

  @Option(
      names = "--scripts",
      paramLabel = "N",
      description = "How many to start, if none is given; the server's default is 5.")
  private @Nullable Integer scripts;

  @Option(
      names = "--delay",
      paramLabel = "SECONDS",
      description = "Time between two starts; the server's default is harvest.start-delay.")
  private @Nullable BigDecimal delay;

  public StartCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!ids.isEmpty() && (scripts != null || delay != null)) {
      throw new UsageException(
          "start: --scripts and --delay cannot be combined with IDs; expected one or the other");
    }
    ApiClient client = instance.client(invocation);
    if (ids.isEmpty()) {
      say(
          client
              .post("/api/scripts/start", new StartRequest(scripts, delay), StartAnswer.class)
              .message());
    }
    EachScript.of(
        ids, id -> say(client.post("/api/scripts/start/" + id, ScriptAnswer.class).message()));
    return 0;
  }

  private void say(String message) {
    invocation.out().println(ServerText.harmless(message));
  }
}
