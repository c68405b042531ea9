package cli;

import api.client.ApiClient;
import api.dto.Message;
import api.dto.ScriptAnswer;
import config.UsageException;
import java.util.List;
import java.util.concurrent.Callable;
import model.ServerText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stop}: stops scripts of a running instance; the instance keeps running. */
@Command(
    name = "stop",
    description = "Stops scripts of a running instance, each between two documents.")
public final class StopCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final InstanceOption instance = new InstanceOption();

  @Parameters(paramLabel = "ID", description = "Numbers of the scripts.")
  private List<Integer> ids = List.of();

  @Option(names = "--all", description = "Stop all scripts, and cancel pending starts.")
  private boolean all;

  public StopCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (all != ids.isEmpty()) {
      throw new UsageException(
          all
              ? "stop: both --all and IDs are given; expected one of them"
              : "stop: no script is given; expected IDs, as in stop 3 4, or --all");
    }
    ApiClient client = instance.client(invocation);
    if (all) {
      say(client.post("/api/scripts/stop-all", Message.class).message());
    }
    for (int id : ids) {
      say(client.post("/api/scripts/stop/" + id, ScriptAnswer.class).message());
    }
    return 0;
  }

  private void say(String message) {
    invocation.out().println(ServerText.harmless(message));
  }
}
