package portal.opendata.tar;

import java.io.IOException;

/** The bytes are no tar from here on. */
public final class TarFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  TarFormatException(String message) {
    super(message);
  }
}
