package portal.list;

import config.UsageException;

/** There is no list where one was named, or something that is no list, such as a page to log in. */
final class MissingListException extends UsageException {
  private static final long serialVersionUID = 1L;

  MissingListException(String message) {
    super(message);
  }
}
