package portal.list;

/**
 * Finds where the records of a list end, byte by byte: at a line break, in CSV only outside of
 * quotes. Lines without anything are no records.
 */
final class RecordEnds {
  private enum State {
    FIELD_BEGINS,
    PLAIN,
    QUOTED,
    /** Inside of quotes: they end here, unless another one follows. */
    QUOTE
  }

  private final boolean isCsv;
  private State state = State.FIELD_BEGINS;
  private boolean hasContent;

  RecordEnds(boolean isCsv) {
    this.isCsv = isCsv;
  }

  /** Whether this byte ends a line: a record, if it {@link #takeContent has content}. */
  boolean endsAt(int c) {
    if (c == '\n' && state != State.QUOTED) {
      state = State.FIELD_BEGINS;
      return true;
    }
    hasContent |= c != '\r' && c != '\n' && c != ' ' && c != '\t';
    if (isCsv) {
      state = next(c);
    }
    return false;
  }

  private State next(int c) {
    return switch (state) {
      case QUOTED -> c == '"' ? State.QUOTE : State.QUOTED;
      case QUOTE -> c == '"' ? State.QUOTED : plain(c);
      case FIELD_BEGINS -> c == '"' ? State.QUOTED : plain(c);
      case PLAIN -> plain(c);
    };
  }

  private static State plain(int c) {
    return c == ',' ? State.FIELD_BEGINS : State.PLAIN;
  }

  /** Whether the bytes so far end inside of quotes. */
  boolean isQuoted() {
    return state == State.QUOTED;
  }

  /** Whether the line that has ended holds anything; another one begins. */
  boolean takeContent() {
    boolean had = hasContent;
    hasContent = false;
    return had;
  }
}
