package store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import model.ObjectKey;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import store.StoreException.Kind;

/** How failures of a store appear to a route. */
class StoreIT {
  @TempDir private Path folder;

  /** Puts an object like a route does, and returns the exception of the exchange. */
  private static StoreException put(Store store) throws IOException {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.getRegistry().bind("s3", store.camelClient());
      camel.start();
      Exchange exchange =
          camel
              .createProducerTemplate()
              .send(
                  "aws2-s3:judgments-test?amazonS3Client=#s3&fileName=unused",
                  put -> {
                    put.getMessage().setBody("x".getBytes(StandardCharsets.US_ASCII));
                    StoreHeaders.document(
                            new ObjectKey("judgments/", "a.pdf"), 1, StoreFixture.SHA256, Map.of())
                        .forEach(put.getMessage()::setHeader);
                  });
      return exchange.getException(StoreException.class);
    }
  }

  private static ClientOverrideConfiguration during(Runnable call) {
    return ClientOverrideConfiguration.builder()
        .addExecutionInterceptor(
            new ExecutionInterceptor() {
              @Override
              public void beforeTransmission(
                  Context.BeforeTransmission context, ExecutionAttributes attributes) {
                call.run();
              }
            })
        .build();
  }

  @Test
  void backupsOfAClockThatWasAheadAreDeletedFirst() throws Exception {
    try (StoreFixture fixture = StoreFixture.withBucket(folder.resolve("store"))) {
      for (String name : List.of("ledger-2037.db", "ledger-2038.db", "ledger-2026.db")) {
        Path backup = Files.writeString(folder.resolve(name), "x");
        fixture.store.backups(1).orElseThrow().put(backup, 2);
      }
      assertThat(StoredObject.list(fixture.s3, fixture.settings.bucket(), "backups/"))
          .extracting(StoredObject::key)
          .containsExactly(
              "backups/instance-1/ledger-2026.db", "backups/instance-1/ledger-2038.db");
    }
  }

  @Test
  void aKeyIsListedUnchangedWhateverTheListEncodes() throws Exception {
    String key = "judgments/x y+z%3F%25\u00e9\u0001.pdf";
    try (StoreFixture fixture = StoreFixture.withBucket(folder)) {
      fixture.put(key, "x");
      assertThat(fixture.store.bucket().documents())
          .extracting(StoredObject::key)
          .containsExactly(key);
    }
  }

  @Test
  void aPermanentErrorIsARefusalWithTheStoresOwnMessage() throws Exception {
    try (StoreFixture fixture = StoreFixture.withoutBucket(folder, false)) {
      StoreException refused = put(fixture.store);

      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.code()).isEqualTo("NoSuchBucket");
      assertThat(refused).hasMessageContaining("bucket does not exist");
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsDown() throws Exception {
    try (StoreFixture fixture = StoreFixture.withBucket(folder)) {
      fixture.server.close();

      StoreException away = put(fixture.store);

      assertThat(away.kind()).isEqualTo(Kind.AWAY);
      assertThat(away.status()).isZero();
      assertThat(away.code()).isEmpty();
    }
  }

  @Test
  void anInterruptedCallIsNotAFailure() throws Exception {
    try (StoreFixture fixture = StoreFixture.withBucket(folder);
        Store stopping =
            fixture.open(
                during(
                    () -> {
                      throw AbortedException.create("the script stops");
                    }))) {
      assertThat(put(stopping).kind()).isEqualTo(Kind.ABORTED);
    }
  }

  @Test
  void aStoredObjectIsListedWithItsSize() throws Exception {
    try (StoreFixture fixture = StoreFixture.withBucket(folder)) {
      assertThat(put(fixture.store)).isNull();

      Bucket bucket = fixture.store.bucket();
      assertThat(bucket.documents())
          .extracting(StoredObject::key)
          .containsExactly("judgments/a.pdf");
      assertThat(bucket.size("judgments/a.pdf")).hasValue(1);
      assertThat(bucket.size("judgments/b.pdf")).isEmpty();
      assertThat(fixture.store.manifests().objects()).isEmpty();
    }
  }
}
