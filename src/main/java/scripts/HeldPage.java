package scripts;

import java.util.OptionalInt;

/**
 * The page that a script holds open because none of its documents could be fetched, if there is
 * one, and how often it was retried.
 */
final class HeldPage {
  private int page; // 0 for none
  private int looks;

  /** None of the page's documents could be fetched: it stays open, and is retried. */
  void hold(int held) {
    looks = page == held ? looks + 1 : 0;
    page = held;
  }

  /** Work on a page begins, which ends the hold on another one. */
  void begin(int begun) {
    page = begun == page ? page : 0;
  }

  /** Documents of the page can be fetched again. */
  void goOn() {
    page = 0;
  }

  boolean isHeld() {
    return page != 0;
  }

  /** The held page; empty if there is none. */
  OptionalInt page() {
    return isHeld() ? OptionalInt.of(page) : OptionalInt.empty();
  }

  /** How often this page was retried while it was held; empty if it is not held. */
  OptionalInt looks(int asked) {
    return asked == page ? OptionalInt.of(looks) : OptionalInt.empty();
  }
}
