package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import config.StoreSettings;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import testing.Ports;

class BucketTest {
  @TempDir private Path folder;

  private static BucketException refusal(StoreSettings settings, AwsCredentialsProvider who) {
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(settings.endpoint())
            .region(Region.of(settings.region()))
            .forcePathStyle(true)
            .credentialsProvider(who)
            .build()) {
      return catchThrowableOfType(BucketException.class, () -> new Bucket(s3, settings).ensure());
    }
  }

  private static AwsCredentialsProvider anyone() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "one"));
  }

  @Test
  void aMissingBucketIsCreatedWhenThatIsAllowed() throws Exception {
    try (StoreFixture store = StoreFixture.withoutBucket(folder, true)) {
      new Bucket(store.s3, store.settings).ensure();
      new Bucket(store.s3, store.settings).ensure();

      assertThatCode(() -> store.s3.headBucket(head -> head.bucket("judgments-test")))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aMissingBucketIsNamedInOneLineWithWhatWouldBeRight() throws Exception {
    try (StoreFixture store = StoreFixture.withoutBucket(folder, false)) {
      BucketException missing =
          catchThrowableOfType(
              BucketException.class, () -> new Bucket(store.s3, store.settings).ensure());

      assertThat(missing.isAway()).isFalse();
      assertThat(missing)
          .hasMessageContainingAll("s3.bucket", "\"judgments-test\"", "expected")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void requireCreatesNothingEvenWhereThatIsAllowed() throws Exception {
    try (StoreFixture store = StoreFixture.withoutBucket(folder, true)) {
      assertThat(
              catchThrowableOfType(
                  BucketException.class, () -> new Bucket(store.s3, store.settings).require()))
          .isNotNull();
      assertThat(store.s3.listBuckets().buckets()).isEmpty();
    }
  }

  @Test
  void wrongCredentialsAreNoReasonToWait() throws Exception {
    try (StoreFixture store = StoreFixture.withBucket(folder)) {
      BucketException refused = refusal(store.settings, anyone());

      assertThat(refused.isAway()).isFalse();
      assertThat(refused).hasMessageContainingAll("s3.bucket", "403", "credentials");
    }
  }

  @Test
  void noCredentialsAreNamed() {
    BucketException none =
        refusal(
            StoreFixture.settings(URI.create("http://127.0.0.1:1"), false),
            SystemPropertyCredentialsProvider.create());

    assertThat(none.isAway()).isFalse();
    assertThat(none).hasMessageContaining("AWS_ACCESS_KEY_ID");
  }

  @Test
  void aStoreThatDoesNotAnswerIsAway() throws Exception {
    BucketException away =
        refusal(
            StoreFixture.settings(URI.create("http://127.0.0.1:" + Ports.free()), false), anyone());

    assertThat(away.isAway()).isTrue();
  }
}
