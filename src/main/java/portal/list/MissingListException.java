package portal.list;

import config.UsageException;

/** There is no list where one was named. */
final class MissingListException extends UsageException {
  private static final long serialVersionUID = 1L;

  MissingListException(String message) {
    super(message);
  }
}
