package store;

import audit.Audit;
import audit.AuditOptions;
import audit.AuditReport;
import audit.Scope;
import config.StoreSettings;
import config.UploadSettings;
import demo.DemoStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import model.Digests;
import model.Distribution;
import model.FailureReason;
import model.PageRange;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** A real S3 store on a folder, with a bucket that tests fill by hand. */
public final class StoreFixture implements AutoCloseable {
  static final String SHA256 = "ab".repeat(32);
  private static final Instant STORED_AT = Instant.parse("2026-01-02T03:04:05Z");

  private final Path folder;
  public final DemoStore server;
  final StoreSettings settings;
  final S3Client s3;
  public final Store store;
  final Manifests manifests;

  private final Watch watch = new Watch();

  private StoreFixture(Path folder, boolean createBucket) throws IOException {
    this.folder = folder;
    this.server = new DemoStore(folder);
    this.settings = settings(server.endpoint(), createBucket);
    this.s3 = client(ClientOverrideConfiguration.builder().addExecutionInterceptor(watch).build());
    this.store = new Store(s3, settings);
    this.manifests = store.manifests();
  }

  private S3Client client(ClientOverrideConfiguration configuration) {
    return S3Client.builder()
        .endpointOverride(settings.endpoint())
        .region(Region.of(settings.region()))
        .forcePathStyle(true)
        .overrideConfiguration(configuration)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
        .build();
  }

  /** Another connection, with its own hooks. */
  Store open(ClientOverrideConfiguration configuration) {
    return new Store(client(configuration), settings);
  }

  /** The same bucket, with manifests of another harvest in it. */
  public Store withFurther(String manifestPrefix) {
    return new Store(
        s3,
        new StoreSettings(
            settings.bucket(),
            false,
            settings.prefix(),
            settings.manifestPrefix(),
            List.of(manifestPrefix),
            settings.backupPrefix(),
            settings.endpoint(),
            settings.region(),
            settings.pathStyle(),
            settings.authorities(),
            settings.uploads()));
  }

  public static StoreFixture withBucket(Path folder) throws IOException {
    StoreFixture store = new StoreFixture(folder, false);
    store.s3.createBucket(create -> create.bucket(store.settings.bucket()));
    return store;
  }

  static StoreFixture withoutBucket(Path folder, boolean createBucket) throws IOException {
    return new StoreFixture(folder, createBucket);
  }

  static StoreSettings settings(URI endpoint, boolean createBucket) {
    return settings(endpoint, createBucket, UploadSettings.DEFAULT);
  }

  static StoreSettings settings(URI endpoint, boolean createBucket, UploadSettings uploads) {
    return settings(endpoint, createBucket, true, uploads);
  }

  /** With the bucket in the host name rather than in the path. */
  static StoreSettings inTheHostName(URI endpoint) {
    return settings(endpoint, false, false, UploadSettings.DEFAULT);
  }

  private static StoreSettings settings(
      URI endpoint, boolean createBucket, boolean pathStyle, UploadSettings uploads) {
    return new StoreSettings(
        "judgments-test",
        createBucket,
        "judgments/",
        "manifests/",
        List.of(),
        Optional.of("backups/"),
        endpoint,
        "us-east-1",
        pathStyle,
        Optional.empty(),
        uploads);
  }

  /** Puts a document of this size. */
  public void document(String id, int size) {
    put(settings.prefix() + id, "x".repeat(size));
  }

  public void put(String key, String text) {
    s3.putObject(
        put -> put.bucket(settings.bucket()).key(key),
        RequestBody.fromString(text, StandardCharsets.UTF_8));
  }

  public void delete(String key) {
    s3.deleteObject(delete -> delete.bucket(settings.bucket()).key(key));
  }

  public void manifest(int page, ManifestRow... rows) {
    put(
        manifests.key(page).text(),
        new String(manifests.write(List.of(rows)), StandardCharsets.UTF_8));
  }

  /** Gives every page up to {@code last} a copy of this page's manifest, file by file. */
  public void copies(int page, int last) throws IOException {
    Path bucket = folder.resolve(settings.bucket());
    Path manifest = bucket.resolve(manifests.key(page).text());
    for (int next = page + 1; next <= last; next++) {
      Files.copy(
          manifest,
          bucket.resolve(manifests.key(next).text()),
          StandardCopyOption.COPY_ATTRIBUTES); // the store keeps an object's headers in these
    }
  }

  /** Sets the modification time of a page's manifest. The store keeps each object as a file. */
  public void written(int page, Instant when) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve(settings.bucket()).resolve(manifests.key(page).text()), FileTime.from(when));
  }

  /** Puts a document, and returns its row with its hash. */
  public ManifestRow genuine(int row, String id, String text) {
    put(settings.prefix() + id, text);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return manifests.stored(
        row,
        id,
        "http://portal/" + id,
        null,
        bytes.length,
        Digests.sha256(bytes),
        Map.of(),
        STORED_AT);
  }

  /** Puts an object whose metadata claims this hash. */
  public void putWithMetadata(String key, String text, String sha256) {
    s3.putObject(
        put -> put.bucket(settings.bucket()).key(key).metadata(Map.of("sha256", sha256)),
        RequestBody.fromString(text, StandardCharsets.UTF_8));
  }

  /** From now on the store answers that it keeps the SHA-256 of these texts, by id. */
  public void keepsChecksums(Map<String, String> texts) {
    watch.kept = texts;
  }

  /** From now on the store answers with this status when this object is requested. */
  public void refuses(String key, int status) {
    watch.refused.put(key, status);
  }

  /** From now on this object breaks off in the middle. */
  public void breaksOff(String key) {
    watch.broken.add(key);
  }

  /** How many documents were read so far. */
  public int reads() {
    return watch.reads.get();
  }

  /** Counts what is read, and answers as a store that keeps checksums. */
  private final class Watch implements ExecutionInterceptor {
    private final AtomicInteger reads = new AtomicInteger();
    private volatile Map<String, String> kept = Map.of();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      Optional<String> key = context.request().getValueForField("Key", String.class);
      return context
          .responseBody()
          .map(body -> key.filter(broken::contains).isPresent() ? half(body) : body);
    }

    private InputStream half(InputStream body) {
      return new FilterInputStream(body) {
        private int left = 5;

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int read = left == 0 ? -1 : super.read(bytes, offset, Math.min(left, length));
          if (read < 0) {
            throw new IOException("broken off");
          }
          left -= read;
          return read;
        }
      };
    }

    @Override
    public SdkHttpResponse modifyHttpResponse(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      if (context.request() instanceof GetObjectRequest get
          && get.key().startsWith(settings.prefix())) {
        reads.incrementAndGet();
      }
      Optional<String> key = context.request().getValueForField("Key", String.class);
      if (key.isPresent() && refused.containsKey(key.get())) {
        return context.httpResponse().toBuilder().statusCode(refused.get(key.get())).build();
      }
      if (context.request() instanceof HeadObjectRequest head
          && head.checksumMode() == ChecksumMode.ENABLED
          && kept.containsKey(head.key().substring(settings.prefix().length()))) {
        String text = kept.get(head.key().substring(settings.prefix().length()));
        String sha256 = Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
        return context.httpResponse().toBuilder()
            .putHeader("x-amz-checksum-sha256", StoreHeaders.base64(sha256))
            .build();
      }
      return context.httpResponse();
    }
  }

  public ManifestRow stored(int row, String id, long size) {
    return manifests.stored(
        row, id, "http://portal/" + id, null, size, SHA256, Map.of(), STORED_AT);
  }

  /** The same, with a defect. */
  public ManifestRow unended(int row, String id, long size) {
    return manifests.stored(
        row, id, "http://portal/" + id, "no_eof", size, SHA256, Map.of(), STORED_AT);
  }

  public ManifestRow failed(int row, String id, String reason) {
    return manifests.failed(
        row, id, "http://portal/" + id, FailureReason.read(reason, false), Map.of());
  }

  public ManifestRow rejected(int row, String id, String reason) {
    return rejected(row, id, null, reason);
  }

  public ManifestRow rejected(int row, String id, String url, String reason) {
    return manifests.rejected(row, id, url, FailureReason.read(reason, true), Map.of());
  }

  /** A page whose documents are all stored: {@code p1r1.pdf} to {@code p1r3.pdf} for page 1. */
  public void completePage(int page) {
    List<ManifestRow> rows = new ArrayList<>();
    for (int row = 1; row <= 3; row++) {
      String id = "p%dr%d.pdf".formatted(page, row);
      document(id, 10 * row);
      rows.add(stored(row, id, 10 * row));
    }
    manifest(page, rows.toArray(ManifestRow[]::new));
  }

  /** Audits these pages, as those of one instance of many; a page is full with one row. */
  public AuditReport audit(int first, int last) throws IOException, InterruptedException {
    return audit(store, first, last);
  }

  private static AuditReport audit(Store store, int first, int last)
      throws IOException, InterruptedException {
    return new Audit(store, AuditOptions.PLAIN)
        .audit(new Scope(new PageRange(first, last), Distribution.of(1, 1, last + 1_000, 1)));
  }

  /** Audits all pages of a plan with so many full pages. */
  public AuditReport auditAll(int pages, int pageSize) throws IOException, InterruptedException {
    return auditAll(pages, pageSize, AuditOptions.PLAIN);
  }

  /** The same, with these options. */
  public AuditReport auditAll(int pages, int pageSize, AuditOptions options)
      throws IOException, InterruptedException {
    return new Audit(store, options)
        .audit(Scope.all(Distribution.of(1, 1, (long) pages * pageSize, pageSize)));
  }

  /** Audits, and runs actions just before and just after the documents are listed. */
  public AuditReport auditWhile(int first, int last, Runnable before, Runnable after)
      throws IOException, InterruptedException {
    ExecutionInterceptor meanwhile =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (isDocuments(context.request())) {
              before.run();
            }
          }

          @Override
          public void afterExecution(
              Context.AfterExecution context, ExecutionAttributes attributes) {
            if (isDocuments(context.request())) {
              after.run();
            }
          }
        };
    try (Store observed =
        open(ClientOverrideConfiguration.builder().addExecutionInterceptor(meanwhile).build())) {
      return audit(observed, first, last);
    }
  }

  private boolean isDocuments(SdkRequest request) {
    return request instanceof ListObjectsV2Request list && list.prefix().equals(settings.prefix());
  }

  @Override
  public void close() throws IOException {
    store.close();
    server.close();
  }
}
