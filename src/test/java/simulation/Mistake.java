package simulation;

import org.apache.camel.impl.DefaultCamelContext;

/** A fault put back into the program on purpose. */
interface Mistake {
  /** The program as it is. */
  Mistake NONE = new Mistake() {};

  /** Changes the routes before they start. */
  default void advise(DefaultCamelContext camel, Program program) throws Exception {}

  /** Changes a ledger before a new process opens it; SQL. */
  default String[] atRestart() {
    return new String[0];
  }

  /** Whether an upload counts only when the store has acknowledged it. */
  default boolean wantsAcknowledgement() {
    return true;
  }
}
