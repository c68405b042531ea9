package store;

import config.SourceSettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import platform.CertificateAuthorities;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import store.StoreException.Kind;

/**
 * The bucket with the open data, which is only read. Calls throw {@link StoreException}; those of a
 * thread that works for a script end when it stops: {@link StoreCalls}.
 */
public final class SourceBucket implements AutoCloseable {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  /**
   * The prefix of the objects that {@link #handsOut} tries: there are few, none of them single
   * PDFs.
   */
  private static final String TARS = "data/tar/";

  private static final int MOST_TRIED = 20;

  private final S3Client s3;
  private final String name;

  /** Sends requests, perhaps later, or again. */
  public interface Gate {
    /**
     * Sends one request.
     *
     * @throws StoreException if it failed
     */
    <T> T send(Supplier<T> request);
  }

  private SourceBucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
  }

  /**
   * Opens a connection. Nothing is sent yet.
   *
   * @param authorities certificate authorities beside those of the JDK; empty for none
   * @param connections maximum number of concurrent requests, open bodies included
   */
  public static SourceBucket open(
      SourceSettings settings,
      Optional<CertificateAuthorities> authorities,
      int connections,
      StoreCalls calls,
      InstantSource clock) {
    return new SourceBucket(
        new StoreClient(
            S3Clients.reading(settings, authorities, connections, calls),
            BucketRole.SOURCE,
            clock,
            CallTimer.NONE),
        settings.bucket());
  }

  /**
   * Opens a connection for a few requests, whose calls belong to no script.
   *
   * @param authorities certificate authorities beside those of the JDK; empty for none
   */
  public static SourceBucket open(
      SourceSettings settings, Optional<CertificateAuthorities> authorities, int connections) {
    return open(settings, authorities, connections, new StoreCalls(), InstantSource.system());
  }

  /** The same bucket, with each of its requests, also those of a list, sent by a gate. */
  public SourceBucket through(Gate gate) {
    return new SourceBucket(
        new DelegatingS3Client(s3) {
          @Override
          protected <T extends S3Request, R> R invokeOperation(
              T request, Function<T, R> operation) {
            return gate.send(() -> operation.apply(request));
          }
        },
        name);
  }

  /** The bucket's name. */
  public String name() {
    return name;
  }

  /** All objects under a prefix in the order of their keys, listed page by page on the way. */
  public Iterable<SourceObject> list(String prefix) {
    return () ->
        StreamSupport.stream(StoredObject.list(s3, name, prefix).spliterator(), false)
            .map(
                object ->
                    new SourceObject(
                        object.key(), object.size(), SourceObject.plain(object.etag())))
            .iterator();
  }

  /**
   * Whether an answer means that the source lacks an object: 404 and 410 do, and so does 403 as
   * long as the source serves other objects.
   */
  public boolean lacks(StoreException answer) {
    return isNone(answer) || answer.status() == FORBIDDEN && handsOut();
  }

  private static boolean isNone(StoreException answer) {
    return answer.status() == NOT_FOUND || answer.status() == GONE;
  }

  /**
   * Whether the source serves objects at all. Listing them proves nothing, because listing may be
   * allowed and reading not.
   */
  public boolean handsOut() {
    return StreamSupport.stream(
            StoredObject.list(s3, name, TARS, null, MOST_TRIED).spliterator(), false)
        .filter(object -> object.size() > 0)
        .limit(MOST_TRIED)
        .anyMatch(object -> handsOut(object.key()));
  }

  private boolean handsOut(String key) {
    try {
      open(key, 0, 1).abort();
      return true;
    } catch (StoreException e) {
      if (isNone(e) || e.status() == FORBIDDEN) {
        return false;
      }
      throw e;
    }
  }

  /** What the source says of an object; empty if there is none. */
  public Optional<SourceObject> head(String key) {
    try {
      HeadObjectResponse head = s3.headObject(ask -> ask.bucket(name).key(key));
      return Optional.of(
          new SourceObject(
              key, StoredObject.size(key, head.contentLength()), SourceObject.plain(head.eTag())));
    } catch (StoreException e) {
      if (isNone(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Opens an object. Its bytes come as they are read; the connection is kept until the body is
   * closed.
   *
   * @param from the first byte that comes, from 0
   */
  public SourceBody open(String key, long from) {
    return open(key, from, Long.MAX_VALUE, from == 0 ? null : "bytes=%d-".formatted(from));
  }

  /** Opens a part of an object. */
  public SourceBody open(String key, long from, long length) {
    return open(key, from, length, "bytes=%d-%d".formatted(from, from + length - 1));
  }

  private SourceBody open(String key, long from, long most, @Nullable String range) {
    ResponseInputStream<GetObjectResponse> body =
        s3.getObject(get -> get.bucket(name).key(key).range(range));
    try {
      return SourceBody.of(key, from, most, body, () -> head(key).map(SourceObject::size));
    } catch (IOException e) {
      body.abort();
      throw new StoreException(
          Kind.AWAY, "%s of the source breaks off: %s".formatted(key, e.getMessage()));
    } catch (RuntimeException e) {
      body.abort(); // otherwise the connection would never be released
      throw e;
    }
  }

  @Override
  public void close() {
    s3.close();
  }
}
