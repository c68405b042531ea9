package cli;

import api.client.ApiClient;
import api.dto.ScriptAnswer;
import api.dto.ScriptData;
import api.dto.StatusAnswer;
import api.dto.SweepRequest;
import java.util.List;
import java.util.concurrent.Callable;
import model.ServerText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sweep}: walks the pages of scripts again, because the portal's list may have changed. */
@Command(
    name = "sweep",
    description = {
      "Walks the pages of scripts again, from the first, because the portal's list may have changed.",
      "Stored documents are not fetched again, unless --refresh finds that they have changed."
    })
public final class SweepCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final InstanceOption instance = new InstanceOption();

  @Mixin private final ChosenScripts scripts = new ChosenScripts();

  @Option(
      names = "--refresh",
      description = "Also ask for stored documents, and replace those that have changed.")
  private boolean refresh;

  public SweepCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    scripts.check("sweep");
    ApiClient client = instance.client(invocation);
    EachScript.of(scripts.all() ? withPages(client) : scripts.ids(), id -> sweep(client, id));
    return 0;
  }

  private void sweep(ApiClient client, int id) throws InterruptedException {
    ScriptAnswer answer =
        client.post(
            "/api/scripts/" + id + "/sweep",
            new SweepRequest(refresh ? true : null),
            ScriptAnswer.class);
    invocation.out().println(ServerText.harmless(answer.message()));
  }

  private static List<Integer> withPages(ApiClient client) throws InterruptedException {
    return client.get("/api/status", StatusAnswer.class).data().scripts().stream()
        .filter(script -> script.startPage() != null)
        .map(ScriptData::scriptId)
        .toList();
  }
}
