package simulation;

/** One port fails: at its k-th call once, or from then on for ever. */
final class KthFailure implements Faults {
  private static final AtPortal[] PORTAL = {
    AtPortal.DROP, AtPortal.CUT, AtPortal.REFUSE, AtPortal.BUSY, AtPortal.DELAY
  };
  private static final AtStore[] STORE = {
    AtStore.LOST, AtStore.AWAY, AtStore.DENIED, AtStore.NO_ETAG, AtStore.FULL
  };

  private final Port port;
  private final int number;
  private final boolean isForEver;
  private int calls;
  private boolean isOver;

  KthFailure(Port port, int number, boolean isForEver) {
    this.port = port;
    this.number = number;
    this.isForEver = isForEver;
  }

  private boolean fails(Port called) {
    if (called != port || isOver) {
      return false;
    }
    calls++;
    return isForEver ? calls >= number : calls == number;
  }

  /** Whether the call was made at all. */
  boolean wasMet() {
    return calls >= number;
  }

  @Override
  public AtPortal portal(String path) {
    return fails(Port.PORTAL) ? PORTAL[number % PORTAL.length] : AtPortal.NONE;
  }

  @Override
  public AtStore store(String key, boolean isPut) {
    return fails(Port.STORE) ? STORE[number % STORE.length] : AtStore.NONE;
  }

  @Override
  public boolean commitFails() {
    return fails(Port.COMMIT);
  }

  @Override
  public boolean spoolFails() {
    return fails(Port.SPOOL);
  }

  /** A portal that breaks off answers, and does answer. */
  @Override
  public int portalOutage() {
    return isForEver && wasMet() && PORTAL[number % PORTAL.length] != AtPortal.CUT ? 1 : 0;
  }

  @Override
  public int storeOutage() {
    return isForEver && wasMet() ? 1 : 0;
  }

  @Override
  public void end() {
    isOver = true;
  }
}
