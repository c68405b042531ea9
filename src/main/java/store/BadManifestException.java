package store;

/** A manifest that is not as it was written; the message says where and why. */
public class BadManifestException extends Exception {
  private static final long serialVersionUID = 1L;

  BadManifestException(String message) {
    super(message);
  }
}
