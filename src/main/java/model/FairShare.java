package model;

import java.util.function.IntSupplier;

/**
 * Places divided evenly among all active parties. None gets more than its share, so that a party
 * whose work hangs does not block the others.
 *
 * @param places how many there are now; called at every use
 * @param parties how many share them now; called at every use
 */
public record FairShare(IntSupplier places, IntSupplier parties) {

  /**
   * The current share of one party, rounded up, so that no place stays empty while a party needs
   * it.
   */
  public int now() {
    int sharers = Math.max(1, parties.getAsInt());
    return (places.getAsInt() + sharers - 1) / sharers;
  }
}
