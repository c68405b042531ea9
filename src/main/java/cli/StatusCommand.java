package cli;

import api.client.ApiClient;
import api.dto.StatusAnswer;
import api.dto.StatusData;
import cli.terminal.Redrawn;
import cli.terminal.StatusTable;
import config.UsageException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}: what the scripts of a running instance are doing. */
@Command(name = "status", description = "Shows what the scripts of a running instance are doing.")
public final class StatusCommand implements Callable<Integer> {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Invocation invocation;

  @Mixin private final InstanceOption instance = new InstanceOption();

  @Option(names = "--watch", description = "Refresh every 2 seconds, until Ctrl-C.")
  private boolean watch;

  public StatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    ApiClient client = instance.client(invocation);
    String table = ask(client);
    if (watch) {
      watch(client, table);
    } else {
      invocation.out().print(table);
    }
    return 0;
  }

  private String ask(ApiClient client) throws InterruptedException {
    StatusData data = client.get("/api/status", StatusAnswer.class).data();
    return new StatusTable(data, invocation.terminal().columns()).toString();
  }

  private void watch(ApiClient client, String first) {
    boolean inPlace = invocation.terminal().canRedraw();
    Redrawn drawing = new Redrawn(invocation.out(), inPlace, invocation.terminal().rows());
    String table = first;
    drawing.draw(table);
    try {
      while (invocation.isRead()) {
        invocation.pause(EVERY);
        try {
          table = ask(client);
          drawing.draw(table);
        } catch (UsageException mayPass) {
          // the instance responded before, and may be restarting
          drawing.draw((inPlace ? table + "\n" : "") + mayPass.getMessage() + "\n");
        }
      }
    } catch (InterruptedException end) {
      // Ctrl-C
    }
  }
}
