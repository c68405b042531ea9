package store;

import config.StoreSettings;
import config.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import model.ObjectKey;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import store.StoreException.Kind;

/** The object in the bucket that says which pages a harvest has: {@code plan.jsonl}. */
public final class PlanFile {
  static final String NAME = "plan.jsonl";

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_IMPLEMENTED = 501;

  private final S3Client s3;
  private final StoreSettings settings;

  PlanFile(S3Client s3, StoreSettings settings) {
    this.s3 = s3;
    this.settings = settings;
  }

  /** Its key, as {@code manifests/plan.jsonl}. */
  public String key() {
    return new ObjectKey(settings.manifestPrefix(), NAME).text();
  }

  /**
   * Reads it into a file.
   *
   * @return its ETag for a conditional write, an empty string if the store names none; empty if
   *     there is no plan
   * @throws StoreException if the store does not answer, or refuses
   * @throws IOException if the file cannot be written
   */
  public Optional<String> read(Path file) throws IOException {
    try (ResponseInputStream<GetObjectResponse> body =
        s3.getObject(get -> get.bucket(settings.bucket()).key(key()))) {
      Files.copy(new Guarded(body, key()), file, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(Optional.ofNullable(body.response().eTag()).orElse(""));
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A body that breaks off is the store's failure, not the file's. */
  private static final class Guarded extends InputStream {
    private final InputStream body;
    private final String key;

    private Guarded(InputStream body, String key) {
      this.body = body;
      this.key = key;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) {
      try {
        return body.read(bytes, offset, count);
      } catch (IOException e) {
        throw new StoreException(
            Kind.AWAY, "%s breaks off: %s".formatted(key, String.valueOf(e.getMessage())));
      }
    }
  }

  /**
   * Writes it if there is none. Call {@link #attribute} first: a store that takes nothing refuses
   * that, too.
   *
   * @return false if another instance was faster
   * @throws UsageException if the store knows no conditional writes
   * @throws StoreException if the store does not take it
   */
  public boolean create(Path file) {
    return put(file, request -> request.ifNoneMatch("*"), Set.of(NOT_IMPLEMENTED, BAD_REQUEST));
  }

  /**
   * Writes it in place of what was read.
   *
   * @return false if it has changed since
   * @throws UsageException if the store knows no conditional writes
   * @throws StoreException if the store does not take it
   */
  public boolean replace(Path file, String etag) {
    return put(file, request -> request.ifMatch(etag), Set.of(NOT_IMPLEMENTED));
  }

  /**
   * @param unknown statuses by which a store says that it does not know the condition
   */
  private boolean put(
      Path file, Consumer<PutObjectRequest.Builder> condition, Set<Integer> unknown) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(settings.bucket())
            .key(key())
            .contentType(Manifests.CONTENT_TYPE);
    condition.accept(request);
    try {
      s3.putObject(request.build(), RequestBody.fromFile(file));
      return true;
    } catch (StoreException e) {
      if (e.status() == PRECONDITION_FAILED || e.status() == CONFLICT) {
        return false;
      }
      if (unknown.contains(e.status()) && e.kind() == Kind.REFUSED) {
        throw new UsageException(
            ("%s: %s; expected a store that takes conditional writes (If-None-Match, If-Match),"
                    + " because all instances must share one plan")
                .formatted(key(), e.getMessage()),
            e);
      }
      throw e;
    }
  }

  /** Writes the attribution next to the manifests. */
  public void attribute(String text) {
    s3.putObject(
        put ->
            put.bucket(settings.bucket())
                .key(new ObjectKey(settings.manifestPrefix(), Manifests.ATTRIBUTION).text())
                .contentType("text/plain; charset=utf-8")
                .metadata(Map.of()),
        RequestBody.fromString(text));
  }
}
