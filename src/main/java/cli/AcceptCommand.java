package cli;

import api.dto.ScriptAnswer;
import java.util.concurrent.Callable;
import model.ServerText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code accept}: closes a page that a script holds open because nothing of it could be had. */
@Command(
    name = "accept",
    description =
        "Closes the page that a script holds open because none of its documents could be had.")
public final class AcceptCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final InstanceOption instance = new InstanceOption();

  @Parameters(paramLabel = "ID", description = "Number of the script.")
  private int id;

  public AcceptCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    ScriptAnswer answer =
        instance.client(invocation).post("/api/scripts/" + id + "/accept", ScriptAnswer.class);
    invocation.out().println(ServerText.harmless(answer.message()));
    return 0;
  }
}
