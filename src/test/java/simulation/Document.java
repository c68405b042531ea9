package simulation;

import java.nio.charset.StandardCharsets;

/** A document of the portal. */
record Document(String id, Kind kind) {
  /** The condition of a document itself, apart from faults on the way. */
  enum Kind {
    GOOD(""),
    REDIRECTED(""),
    GONE("gone"),
    NOT_PDF("not_pdf"),
    DISALLOWED("robots"),
    FOREIGN("foreign_host");

    private final String reason;

    Kind(String reason) {
      this.reason = reason;
    }

    /** Most are good. */
    static Kind of(int percent) {
      return switch (percent) {
        case 0, 1, 2 -> REDIRECTED;
        case 3 -> GONE;
        case 4 -> NOT_PDF;
        case 5 -> DISALLOWED;
        case 6 -> FOREIGN;
        default -> GOOD;
      };
    }

    /** Why it is not stored in the end; empty if it is. */
    String reason() {
      return reason;
    }
  }

  byte[] bytes() {
    return ("%PDF-1.4\n" + id + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII);
  }

  boolean isGood() {
    return kind == Kind.GOOD || kind == Kind.REDIRECTED;
  }
}
