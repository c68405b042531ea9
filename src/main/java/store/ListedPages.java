package store;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import store.StoreException.Kind;

/** The pages of one list so far, to detect a list that repeats itself. */
final class ListedPages {
  /** After many deletions, stores return pages without objects, but not forever. */
  private static final int MOST_EMPTY = 1_000;

  private final Set<String> tokens = new HashSet<>();
  private final Set<String> firstKeys = new HashSet<>();
  private int empty;

  /**
   * The token of the page after this one; empty if it is the last.
   *
   * @throws StoreException if the list is cut off, or repeats itself
   */
  Optional<String> next(ListObjectsV2Response page) {
    List<S3Object> objects = page.contents();
    empty = objects.isEmpty() ? empty + 1 : 0;
    if (!objects.isEmpty() && !firstKeys.add(objects.get(0).key()) || empty > MOST_EMPTY) {
      throw new StoreException(Kind.REFUSED, "the list of the bucket repeats itself");
    }
    if (!Boolean.TRUE.equals(page.isTruncated())) {
      return Optional.empty();
    }
    String token = page.nextContinuationToken();
    if (token == null || token.isEmpty() || !tokens.add(token)) {
      throw new StoreException(
          Kind.REFUSED, "the list of the bucket is cut off without a new token");
    }
    return Optional.of(token);
  }
}
