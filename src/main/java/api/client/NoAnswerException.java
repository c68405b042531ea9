package api.client;

import config.UsageException;

/** The instance did not respond. Unlike the other errors, this may be temporary. */
public final class NoAnswerException extends UsageException {
  private static final long serialVersionUID = 1L;

  NoAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
