package model;

import java.util.function.IntSupplier;

/**
 * Places that all parties at work share evenly. None has more than its share, so one whose work
 * hangs leaves the others theirs.
 *
 * @param places how many there are
 * @param parties how many share them now; asked at every use
 */
public record FairShare(int places, IntSupplier parties) {

  /** One party's share now: rounded up, so that no place stays empty while somebody wants it. */
  public int now() {
    int sharers = Math.max(1, parties.getAsInt());
    return (places + sharers - 1) / sharers;
  }
}
