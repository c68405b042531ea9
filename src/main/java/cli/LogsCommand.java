package cli;

import api.client.ApiClient;
import api.dto.LogsAnswer;
import config.UsageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import model.ServerText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logs}: the last lines of a script's log. */
@Command(name = "logs", description = "Prints the last lines of a script's log, oldest first.")
public final class LogsCommand implements Callable<Integer> {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int MOST = 1000;

  private final Invocation invocation;

  @Mixin private final InstanceOption instance = new InstanceOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "Number of the script.")
  private int id;

  @Option(
      names = "--lines",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many lines, 1 to 1000; default ${DEFAULT-VALUE}.")
  private int lines;

  @Option(names = "--follow", description = "Keep printing new lines, until Ctrl-C.")
  private boolean follow;

  public LogsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    ApiClient client = instance.client(invocation);
    List<String> first = ask(client, lines);
    print(first);
    if (follow) {
      follow(client, new LogTail(first, first.size() < lines));
    }
    return 0;
  }

  private void follow(ApiClient client, LogTail tail) {
    String trouble = null;
    try {
      while (invocation.isRead()) {
        invocation.pause(EVERY);
        try {
          List<String> now = ask(client, MOST);
          print(tail.next(now, now.size() < MOST));
          trouble = null;
        } catch (UsageException mayPass) {
          // told once: the instance responded before, and may be restarting
          String said = String.valueOf(mayPass.getMessage());
          if (!said.equals(trouble)) {
            trouble = said;
            spec.commandLine().getErr().println(trouble);
          }
        }
      }
    } catch (InterruptedException end) {
      // Ctrl-C
    }
  }

  private List<String> ask(ApiClient client, int most) throws InterruptedException {
    return client.get("/api/scripts/%d/logs?lines=%d".formatted(id, most), LogsAnswer.class).logs();
  }

  private void print(List<String> log) {
    log.forEach(line -> invocation.out().println(ServerText.harmless(line)));
    invocation.out().flush();
  }
}
