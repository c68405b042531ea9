package portal;

import java.util.Optional;

/** Remembers for as long as a test lasts. */
public final class TransientMemory implements SessionMemory {
  private volatile String kept;

  @Override
  public Optional<String> recall() {
    return Optional.ofNullable(kept);
  }

  @Override
  public void keep(String state) {
    kept = state;
  }
}
