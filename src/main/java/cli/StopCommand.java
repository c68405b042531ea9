package cli;

import api.client.ApiClient;
import api.dto.Message;
import api.dto.ScriptAnswer;
import java.util.concurrent.Callable;
import model.ServerText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stop}: stops scripts of a running instance; the instance keeps running. */
@Command(
    name = "stop",
    description =
        "Stops scripts of a running instance, each between two documents; with --all, pending starts"
            + " are cancelled, too.")
public final class StopCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final InstanceOption instance = new InstanceOption();

  @Mixin private final ChosenScripts scripts = new ChosenScripts();

  public StopCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    scripts.check("stop");
    ApiClient client = instance.client(invocation);
    if (scripts.all()) {
      say(client.post("/api/scripts/stop-all", Message.class).message());
    }
    EachScript.of(
        scripts.ids(),
        id -> say(client.post("/api/scripts/stop/" + id, ScriptAnswer.class).message()));
    return 0;
  }

  private void say(String message) {
    invocation.out().println(ServerText.harmless(message));
  }
}
