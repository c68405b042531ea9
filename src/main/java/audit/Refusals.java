package audit;

import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import store.StoreException;
import store.StoreException.Kind;

/**
 * Distinguishes single objects that the store does not serve, which are findings, from a store that
 * serves none, about which an audit proves nothing.
 */
final class Refusals {
  /** This many in a row are not the fault of single objects. */
  private static final int MOST_IN_A_ROW = 1_000;

  private static final int ERROR = 400;

  private final int most;
  private boolean isAnyGiven;
  private int inARow;
  private @Nullable StoreException last;

  private Refusals(int most) {
    this.most = most;
  }

  /** Single objects may be refused. */
  static Refusals some() {
    return new Refusals(MOST_IN_A_ROW);
  }

  /** Any refusal ends the audit. */
  static Refusals none() {
    return new Refusals(0);
  }

  /** The store served an object. */
  void given() {
    isAnyGiven = true;
    inARow = 0;
  }

  /**
   * An object could not be read.
   *
   * @return the store's words
   * @throws StoreException if it concerns more than this object
   */
  String refused(ExecutionException failure) {
    if (!(failure.getCause() instanceof StoreException e)) {
      throw new IllegalStateException(failure.getCause());
    }
    last = e;
    if (!isOfOneObject(e) || ++inARow > most) {
      throw e;
    }
    return String.valueOf(e.getMessage());
  }

  /**
   * Whether the store refused a request or broke off a response, perhaps only for this object. An
   * unusable response without an error status came from another server.
   */
  static boolean isOfOneObject(StoreException e) {
    return e.kind() == Kind.INCOMPLETE || e.kind() == Kind.REFUSED && e.status() >= ERROR;
  }

  /**
   * All objects were asked for.
   *
   * @throws StoreException if the store has refused all of them
   */
  void end() {
    if (last != null && !isAnyGiven) {
      throw last;
    }
  }
}
