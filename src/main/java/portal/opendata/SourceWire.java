package portal.opendata;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import model.FailureReason;
import model.StopSignal;
import portal.Desk;
import portal.PortalException;
import store.SourceBody;
import store.SourceBucket;
import store.StoreException;

/**
 * The requests of one script to the source: each goes through the governor, and fails like a
 * request to a portal.
 */
final class SourceWire {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int NOT_AS_BEFORE = 416;

  private final SourceBucket bucket;
  private final Desk desk;
  private final SourceGate gate;

  SourceWire(SourceBucket bucket, Desk desk) {
    this.bucket = bucket;
    this.desk = desk;
    this.gate = new SourceGate(desk);
  }

  Desk desk() {
    return desk;
  }

  SourceBucket bucket() {
    return bucket;
  }

  /** Where an object lies, for people. */
  String address(String key) {
    return "s3://" + bucket.name() + "/" + key;
  }

  /** Opens an object. What is read of it needs no further permission. */
  SourceBody open(String key, long from) {
    return ask(key, () -> bucket.open(key, from));
  }

  /** Opens a part of an object. */
  SourceBody open(String key, long from, long length) {
    return ask(key, () -> bucket.open(key, from, length));
  }

  /** Whether the source has the object; answers at least. */
  boolean has(String key) {
    try {
      return ask(key, () -> bucket.head(key)).isPresent();
    } catch (PortalException e) {
      if (lacks(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Sends a request. While the source asks to slow down, all requests pause, and this one is sent
   * again.
   *
   * @throws PortalException if it failed: {@code gone} for 404 and 410, which is not final here
   */
  <T> T ask(String key, Supplier<T> request) {
    try {
      return gate.send(request);
    } catch (StoreException e) {
      throw explained(key, e);
    }
  }

  private RuntimeException explained(String key, StoreException e) {
    if (e.kind() == StoreException.Kind.ABORTED || desk.stop().isStopped()) {
      return new CancellationException("the script stops");
    }
    String words = "%s: %s".formatted(address(key), e.getMessage());
    if (e.status() == NOT_FOUND || e.status() == GONE || e.status() == NOT_AS_BEFORE) {
      return new PortalException(FailureReason.GONE, words, e);
    }
    return new PortalException(
        e.status() == 0 ? FailureReason.CONNECT : FailureReason.http(e.status()), words, e);
  }

  /** Reads a body. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Reads a body, which is cut off some seconds after the script stops.
   *
   * @param abort cuts it off; whoever reads then gets an exception
   */
  <T> T until(Runnable abort, Reading<T> reading) throws IOException {
    StopSignal.Registration onStop = desk.stop().onStop(StopSignal.GRACE, abort);
    try {
      return reading.read();
    } finally {
      onStop.close();
    }
  }

  /** Whether the source lacks the requested object, rather than being in trouble itself. */
  boolean lacks(PortalException e) {
    return isGone(e)
        || e.reason().equals(FailureReason.http(FORBIDDEN)) && ask("data/tar/", bucket::handsOut);
  }

  static boolean isGone(PortalException e) {
    return e.reason().equals(FailureReason.GONE);
  }
}
