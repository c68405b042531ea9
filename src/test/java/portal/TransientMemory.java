package portal;

import java.util.Optional;

/** Keeps the state in memory. */
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
