package cli;

import api.client.RefusedCallException;
import config.UsageException;
import java.util.ArrayList;
import java.util.List;

/** Makes the same call for several scripts: one wrong number does not affect the others. */
final class EachScript {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  /** Makes the call for one script. */
  @FunctionalInterface
  interface Call {
    void of(int id) throws InterruptedException;
  }

  private EachScript() {}

  /**
   * Calls for each script, in this order.
   *
   * @throws UsageException at the end, if the instance refused it for some of them
   */
  static void of(List<Integer> ids, Call call) throws InterruptedException {
    List<String> refused = new ArrayList<>();
    for (int id : ids) {
      try {
        call.of(id);
      } catch (RefusedCallException e) {
        if (e.status() != NOT_FOUND && e.status() != CONFLICT) {
          throw e; // it concerns the call, and so all scripts
        }
        refused.add(e.getMessage());
      }
    }
    if (!refused.isEmpty()) {
      throw new UsageException(String.join("; ", refused));
    }
  }
}
