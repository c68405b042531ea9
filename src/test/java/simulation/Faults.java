package simulation;

/** What goes wrong at the ports. */
interface Faults {
  /** What the portal does instead of answering. */
  enum AtPortal {
    NONE,
    /** The connection is refused. */
    REFUSE,
    /** The connection is lost before an answer. */
    DROP,
    /** It is lost in the middle of the body. */
    CUT,
    /** The answer takes minutes. */
    DELAY,
    /** 503, without a time. */
    BUSY,
    /** 429, with a time. */
    PAUSE,
    /** Another page than asked for. */
    HTML,
    CAPTCHA
  }

  /** What the store does instead of answering. */
  enum AtStore {
    NONE,
    AWAY,
    /** It has the object, and the answer is lost. */
    LOST,
    SLOW,
    FULL,
    DENIED,
    BUSY,
    /** Something before the store answers 200, and there is no object. */
    NO_ETAG
  }

  AtPortal portal(String path);

  /**
   * @param isPut whether an object is put
   */
  AtStore store(String key, boolean isPut);

  boolean commitFails();

  boolean spoolFails();

  /** Whether what the portal does now is an outage, for every request; 0 for none. */
  int portalOutage();

  /** The same for the store. */
  int storeOutage();

  /** A new process begins: perhaps with an outage to come. */
  default void turns() {}

  /** From now on, nothing goes wrong. */
  void end();

  /** Nothing goes wrong. */
  Faults NONE =
      new Faults() {
        @Override
        public AtPortal portal(String path) {
          return AtPortal.NONE;
        }

        @Override
        public AtStore store(String key, boolean isPut) {
          return AtStore.NONE;
        }

        @Override
        public boolean commitFails() {
          return false;
        }

        @Override
        public boolean spoolFails() {
          return false;
        }

        @Override
        public int portalOutage() {
          return 0;
        }

        @Override
        public int storeOutage() {
          return 0;
        }

        @Override
        public void end() {}
      };
}
