import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The least that does the job: GET to a file, PUT of the file, delete the file, in a few threads. No
 * ledger, no check, no manifest, no retry, no limit. The S3 client has the harvester's settings.
 *
 * <p>Arguments: address of the listing pages without number and suffix, pages, S3 endpoint, bucket,
 * threads, folder for the files.
 */
public final class SdkLoop {
  private final CloseableHttpClient http;
  private final S3Client s3;
  private final String bucket;
  private final Path spool;
  private final AtomicInteger done = new AtomicInteger();

  private SdkLoop(CloseableHttpClient http, S3Client s3, String bucket, Path spool) {
    this.http = http;
    this.s3 = s3;
    this.bucket = bucket;
    this.spool = spool;
  }

  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[4]);
    Path spool = Files.createDirectories(Path.of(args[5]));
    try (CloseableHttpClient http = httpClient(threads + 1);
        S3Client s3 = s3Client(URI.create(args[2]), threads)) {
      new SdkLoop(http, s3, args[3], spool).run(args[0], Integer.parseInt(args[1]), threads);
    }
  }

  private static CloseableHttpClient httpClient(int connections) {
    return HttpClientBuilder.create()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .build())
        .disableAutomaticRetries()
        .disableCookieManagement()
        .build();
  }

  private static S3Client s3Client(URI endpoint, int connections) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .httpClientBuilder(
            ApacheHttpClient.builder().maxConnections(connections).expectContinueEnabled(false))
        .build();
  }

  private void run(String listing, int pages, int threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    // the listing is read a little ahead of the threads
    Semaphore ahead = new Semaphore(300);
    List<Future<?>> documents = new ArrayList<>();
    try {
      for (int page = 1; page <= pages; page++) {
        for (URI document : list(URI.create(listing + page + ".html"))) {
          ahead.acquire();
          documents.add(pool.submit(releasing(ahead, document)));
        }
      }
      for (Future<?> document : documents) {
        document.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private Callable<Void> releasing(Semaphore ahead, URI document) {
    return () -> {
      try {
        bring(document);
        return null;
      } finally {
        ahead.release();
      }
    };
  }

  private List<URI> list(URI page) throws Exception {
    String html = http.execute(new HttpGet(page), ok(EntityUtils::toString));
    List<URI> documents = new ArrayList<>();
    for (Element link : Jsoup.parse(html, page.toString()).select("a[href$=.pdf]")) {
      documents.add(URI.create(link.absUrl("href")));
    }
    return documents;
  }

  private void bring(URI document) throws Exception {
    String key = "judgments" + document.getPath();
    Path file = spool.resolve(key.replace('/', '_'));
    http.execute(new HttpGet(document), ok(entity -> save(entity, file)));
    s3.putObject(
        put -> put.bucket(bucket).key(key).contentType("application/pdf"),
        RequestBody.fromFile(file));
    Files.delete(file);
    CpuMark.of(done.incrementAndGet());
  }

  private static Long save(HttpEntity entity, Path file) throws java.io.IOException {
    try (InputStream body = entity.getContent()) {
      return Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private interface Reader<T> {
    T read(HttpEntity entity) throws java.io.IOException, org.apache.hc.core5.http.ParseException;
  }

  private static <T> HttpClientResponseHandler<T> ok(Reader<T> reader) {
    return response -> {
      if (response.getCode() != 200) {
        throw new java.io.IOException("the portal answered " + response.getCode());
      }
      return reader.read(response.getEntity());
    };
  }
}
