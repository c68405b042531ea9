package store;

import config.StoreSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * A store in memory, behind a client that bypasses the SDK's transport, but keeps what this program
 * adds to the SDK: headers of uploads, the check of acknowledgements, and the end of calls whose
 * script stops.
 */
public final class SimulatedStore implements S3Client {
  /** An object as the store keeps it. */
  public record Kept(byte[] bytes, Map<String, String> metadata, Instant modified) {}

  /** The store at the other end. */
  public interface Server {
    /**
     * A call has arrived.
     *
     * @param aborted completes when the caller does not wait any longer
     * @return the answer's headers
     * @throws SdkClientException if no answer comes
     * @throws S3Exception if it refuses
     */
    Map<String, String> put(
        String key, byte[] bytes, Map<String, String> metadata, CompletableFuture<Void> aborted);

    /** The caller has got an answer, or gives up. */
    void putEnds(String key);

    /** An object; empty if there is none. */
    Optional<Kept> get(String key, CompletableFuture<Void> aborted);

    /** Whether the bucket is there; fails otherwise. */
    void head(CompletableFuture<Void> aborted);

    /** The objects under a prefix, as the list names them now. */
    Map<String, Kept> list(String prefix, CompletableFuture<Void> aborted);

    void delete(String key);
  }

  private final Server server;
  private final StoreSettings settings;
  private final boolean wantsAcknowledgement;
  private final SdkHttpClient watched;
  private final ThreadLocal<Call> next = new ThreadLocal<>();

  /**
   * @param wantsAcknowledgement false for a program that takes any response for one
   */
  public SimulatedStore(
      Server server, StoreSettings settings, StoreCalls calls, boolean wantsAcknowledgement) {
    this.server = server;
    this.settings = settings;
    this.wantsAcknowledgement = wantsAcknowledgement;
    this.watched = calls.around(new Builder()).buildWithDefaults(AttributeMap.empty());
  }

  /** The program's own view of it. */
  public Store store() {
    return new Store(this, settings);
  }

  private final class Builder implements SdkHttpClient.Builder<Builder> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new SdkHttpClient() {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
          return next.get();
        }

        @Override
        public void close() {}
      };
    }
  }

  private static final class Call implements ExecutableHttpRequest {
    private final CompletableFuture<Void> aborted = new CompletableFuture<>();

    @Override
    public HttpExecuteResponse call() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void abort() {
      aborted.complete(null);
    }
  }

  private static final HttpExecuteRequest ANY =
      HttpExecuteRequest.builder()
          .request(
              SdkHttpRequest.builder()
                  .method(SdkHttpMethod.GET)
                  .protocol("http")
                  .host("store")
                  .encodedPath("/")
                  .build())
          .build();

  private CompletableFuture<Void> begin() {
    Call call = new Call();
    next.set(call);
    watched.prepareRequest(ANY);
    next.remove();
    return call.aborted;
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    try {
      return put(request, body);
    } finally {
      server.putEnds(request.key());
    }
  }

  private PutObjectResponse put(PutObjectRequest request, RequestBody body) {
    InterceptorContext asked = InterceptorContext.builder().request(request).build();
    PutObjectRequest put =
        (PutObjectRequest)
            new UploadHeaders(settings).modifyRequest(asked, new ExecutionAttributes());
    byte[] bytes = bytes(body);
    Map<String, String> headers = server.put(put.key(), bytes, put.metadata(), begin());
    SdkHttpResponse.Builder answer = SdkHttpResponse.builder().statusCode(200);
    headers.forEach(answer::putHeader);
    if (wantsAcknowledgement) {
      new Acknowledgement()
          .modifyHttpResponseContent(
              asked.copy(
                  context -> context.request(put).httpResponse(answer.build()).requestBody(body)),
              new ExecutionAttributes());
    }
    return PutObjectResponse.builder().eTag(headers.get("ETag")).build();
  }

  private static byte[] bytes(RequestBody body) {
    try (InputStream in = body.contentStreamProvider().newStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw SdkClientException.create("the file cannot be read", e);
    }
  }

  private Kept kept(String key) {
    return server
        .get(key, begin())
        .orElseThrow(() -> refusal(404, "NoSuchKey", "there is no such object"));
  }

  /** A refusal in the store's words. */
  public static S3Exception refusal(int status, String code, String words) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(words).build())
            .build();
  }

  @Override
  public <T> T getObject(
      GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
    Kept kept = kept(request.key());
    try {
      return transformer.transform(
          GetObjectResponse.builder()
              .metadata(kept.metadata())
              .contentLength((long) kept.bytes().length)
              .lastModified(kept.modified())
              .build(),
          AbortableInputStream.create(new ByteArrayInputStream(kept.bytes())));
    } catch (Exception e) {
      throw SdkClientException.create("unreadable", e);
    }
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    Kept kept = kept(request.key());
    return HeadObjectResponse.builder()
        .metadata(kept.metadata())
        .contentLength((long) kept.bytes().length)
        .lastModified(kept.modified())
        .build();
  }

  @Override
  public HeadBucketResponse headBucket(HeadBucketRequest request) {
    server.head(begin());
    return HeadBucketResponse.builder().build();
  }

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    List<S3Object> objects = new ArrayList<>();
    server
        .list(request.prefix(), begin())
        .forEach(
            (key, kept) ->
                objects.add(
                    S3Object.builder()
                        .key(key)
                        .size((long) kept.bytes().length)
                        .eTag("\"" + kept.metadata().get("sha256") + kept.modified() + "\"")
                        .lastModified(kept.modified())
                        .build()));
    return ListObjectsV2Response.builder().contents(objects).isTruncated(false).build();
  }

  @Override
  public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
    server.delete(request.key());
    return DeleteObjectResponse.builder().build();
  }

  /** The rows of a manifest. */
  public static List<ManifestRow> rows(byte[] manifest, String prefix) {
    try {
      return new ManifestFormat(prefix).read(manifest);
    } catch (BadManifestException e) {
      throw new AssertionError("a manifest is bad", e);
    }
  }

  @Override
  public String serviceName() {
    return "s3";
  }

  @Override
  public void close() {}
}
