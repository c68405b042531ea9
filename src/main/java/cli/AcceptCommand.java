package cli;

import api.client.ApiClient;
import api.dto.AcceptRequest;
import api.dto.AcceptedAnswer;
import api.dto.ScriptAnswer;
import config.UsageException;
import java.util.List;
import java.util.concurrent.Callable;
import model.ServerText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code accept}: accepts a held page, or failed documents that nobody can fix. */
@Command(
    name = "accept",
    description = {
      "Accepts failures that nobody can fix: a page that a script holds open, or documents.",
      "With the number of a script: closes the page that it holds open because none of the"
          + " documents could be fetched, as it is.",
      "With --reason, --script or --id, and a --note: accepts failed documents that nobody can fix."
          + " They no longer make the audit unclean, and a sweep leaves them alone."
    })
public final class AcceptCommand implements Callable<Integer> {
  private static final String FORMS =
      "expected accept ID for the page that a script holds open, or accept --reason WORD or --id ID"
          + " with --note TEXT for failed documents";

  private final Invocation invocation;

  @Mixin private final InstanceOption instance = new InstanceOption();

  @Parameters(arity = "0..1", paramLabel = "ID", description = "Number of the script.")
  private @Nullable Integer held;

  @Option(names = "--script", paramLabel = "ID", description = "Only documents of this script.")
  private @Nullable Integer script;

  @Mixin private final NamedFailures named = new NamedFailures();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Why; it is kept with the documents, also in the bucket.")
  private @Nullable String note;

  public AcceptCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    boolean namesFailures = script != null || named.reason() != null || named.ids() != null;
    if (held != null && (namesFailures || note != null)) {
      throw new UsageException(
          "accept: a held page and failed documents cannot be accepted at once; " + FORMS);
    }
    if (held != null) {
      say(
          instance
              .client(invocation)
              .post("/api/scripts/" + held + "/accept", ScriptAnswer.class)
              .message());
      return 0;
    }
    if (!namesFailures) {
      throw new UsageException("accept: nothing is named; " + FORMS);
    }
    if (note == null || note.isBlank()) {
      throw new UsageException(
          "accept: --note is missing; expected a reason why nobody can fix it");
    }
    named.check("accept");
    long accepted = acceptFailures(instance.client(invocation));
    say("accepted " + Amount.of(accepted, "document"));
    return 0;
  }

  private long acceptFailures(ApiClient client) throws InterruptedException {
    long accepted = 0;
    for (List<String> ids : named.batches()) {
      AcceptRequest request = new AcceptRequest(named.reason(), script, ids, note);
      accepted += client.post("/api/accept", request, AcceptedAnswer.class).accepted();
    }
    return accepted;
  }

  private void say(String message) {
    invocation.out().println(ServerText.harmless(message));
  }
}
