package portal.opendata;

import java.util.Optional;
import java.util.function.Supplier;
import portal.Desk;
import portal.Permit;
import store.SourceBucket;
import store.StoreException;

/**
 * Sends the requests of one script to the source, each with a permit of the governor. While the
 * source asks to slow down, all requests pause, and that one is sent again.
 */
final class SourceGate implements SourceBucket.Gate {
  private static final int TOO_MANY = 429;

  private final Desk desk;

  SourceGate(Desk desk) {
    this.desk = desk;
  }

  @Override
  public <T> T send(Supplier<T> request) {
    while (true) {
      try (Permit permit = desk.enter()) {
        try {
          T answer = request.get();
          permit.answered();
          return answer;
        } catch (StoreException e) {
          if (!asksToWait(e)) {
            throw e;
          }
          permit.paused(Optional.empty(), String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private static boolean asksToWait(StoreException e) {
    return e.status() == TOO_MANY || e.code().equals("SlowDown");
  }
}
