package cli;

import alerts.Channels;
import config.Configuration;
import config.UsageException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code alert --test}: sends a test alert. */
@Command(
    name = "alert",
    description = "Sends a test alert by mail and webhook, and reports each answer.")
public final class AlertCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = "--test",
      required = true,
      description = "Send a test alert through every configured channel.")
  private boolean test;

  public AlertCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Configuration configuration = invocation.configuration().load();
    if (!configuration.alerts().isOn()) {
      throw new UsageException(
          "alert.smtp.host is not set, nor is alert.webhook-url; expected a mail server or a webhook"
              + " that alerts go to");
    }
    int instance = configuration.harvest().instanceId();
    InstantSource clock = InstantSource.system();
    List<Channels.Answer> answers =
        Channels.of(configuration.alerts(), instance, "", clock, ZoneId.systemDefault())
            .test(instance, clock);
    answers.forEach(answer -> invocation.out().println(answer.words()));
    return answers.stream().allMatch(Channels.Answer::isTaken) ? 0 : 1;
  }
}
