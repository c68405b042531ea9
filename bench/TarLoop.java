import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The least that copies tars into a bucket, in one thread a tar: {@code stream} PUTs each member as
 * it comes; {@code disk} puts the tar on the disk, unpacks it with {@code tar}, and PUTs the files.
 * No metadata, no check, no ledger, no manifest, no retry.
 *
 * <p>Arguments: mode, endpoint, partition, tars.
 */
public final class TarLoop {
  private static final int UPLOADS = 32;

  private final S3Client s3;
  private final ExecutorService uploads = Executors.newFixedThreadPool(UPLOADS);
  private final Semaphore room = new Semaphore(4 * UPLOADS);
  private final AtomicInteger done = new AtomicInteger();

  private TarLoop(S3Client s3) {
    this.s3 = s3;
  }

  public static void main(String[] args) throws Exception {
    int tars = Integer.parseInt(args[3]);
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(URI.create(args[1]))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .serviceConfiguration(each -> each.chunkedEncodingEnabled(false))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .httpClientBuilder(ApacheHttpClient.builder().maxConnections(UPLOADS + tars))
            .build()) {
      long began = System.nanoTime();
      new TarLoop(s3).run(args[0], args[2], tars);
      System.out.printf("%.3f s%n", (System.nanoTime() - began) / 1e9);
    }
  }

  private void run(String mode, String partition, int tars) throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(tars);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < tars; i++) {
      String key = "data/tar/%s/part-%03d.tar".formatted(partition, i);
      all.add(readers.submit(() -> mode.equals("stream") ? stream(key) : disk(key)));
    }
    for (Future<?> each : all) {
      each.get();
    }
    readers.shutdown();
    room.acquire(4 * UPLOADS);
    uploads.shutdown();
  }

  private Void stream(String key) throws Exception {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(open(key))) {
      for (TarArchiveEntry next = tar.getNextEntry(); next != null; next = tar.getNextEntry()) {
        put(next.getName(), RequestBody.fromBytes(tar.readAllBytes()));
      }
    }
    return null;
  }

  private Void disk(String key) throws Exception {
    Path folder = Files.createTempDirectory(Path.of("."), "tar");
    Path file = folder.resolve("all");
    try (InputStream in = open(key)) {
      Files.copy(in, file);
    }
    new ProcessBuilder("tar", "xf", "all").directory(folder.toFile()).start().waitFor();
    Files.delete(file);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        put(each.getFileName().toString(), RequestBody.fromFile(each));
      }
    }
    return null;
  }

  private InputStream open(String key) {
    return s3.getObject(get -> get.bucket("open-data").key(key));
  }

  private void put(String name, RequestBody body) throws InterruptedException, IOException {
    room.acquire();
    uploads.execute(
        () -> {
          try {
            s3.putObject(put -> put.bucket("target").key("judgments/" + name), body);
            CpuMark.of(done.incrementAndGet());
          } finally {
            room.release();
          }
        });
  }
}
