package testing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stranger to 127.0.0.1 that nobody may knock at: it counts connections, whatever comes over
 * them, and answers none.
 */
public final class Trap implements AutoCloseable {
  private final AtomicInteger connections = new AtomicInteger();
  private final Door door;

  /** Listens on a free port of 127.0.0.2. */
  public Trap() throws IOException {
    this.door = new Door("127.0.0.2", 0, socket -> connections.incrementAndGet());
  }

  /** Its address, without a slash at the end. */
  public String url() {
    return "http://127.0.0.2:" + door.port();
  }

  /** How many connections were made so far. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    door.close();
  }
}
