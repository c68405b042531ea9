package store;

import java.util.function.Supplier;

/** Measures calls of the store. */
public interface CallTimer {
  /** Measures nothing. */
  CallTimer NONE =
      new CallTimer() {
        @Override
        public <T> T time(String operation, Supplier<T> call) {
          return call.get();
        }
      };

  /**
   * Makes the call, and returns or throws what it does.
   *
   * @param operation S3's word in lower case, such as {@code put_object}
   */
  <T> T time(String operation, Supplier<T> call);
}
