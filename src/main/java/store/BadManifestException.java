package store;

/** A manifest that is damaged; the message says where and why. */
public class BadManifestException extends Exception {
  private static final long serialVersionUID = 1L;

  BadManifestException(String message) {
    super(message);
  }
}
