package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static testing.FaultyStore.has;
import static testing.FaultyStore.http;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole harvest into stores with special requirements for uploads. */
class StoreSettingsIT {
  @TempDir private Path folder;

  private static String refusal(int status, String code) {
    return http(status, "<Error><Code>" + code + "</Code><Message>x</Message></Error>");
  }

  private static void expectAll(Harvest harvest) throws Exception {
    harvest.runToTheEnd();
    assertThat(harvest.store.objects("judgments")).hasSize(20);
    assertThat(harvest.audit().path("exit").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"md5, 400", "md5, 501", "none, 400", "none, 501"})
  void aStoreThatRefusesChecksumHeadersGetsEveryDocumentWithoutThem(String checksum, int status)
      throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10).set("S3_CHECKSUM", checksum)) {
      harvest.store.takeOnly(
          head -> !has(head, "x-amz-checksum") && !has(head, "x-amz-sdk-checksum"),
          refusal(status, "NotImplemented"));

      expectAll(harvest);
    }
  }

  @Test
  void aBucketWhosePolicyDemandsEncryptionGetsEveryDocumentAndManifestEncrypted() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10).set("S3_SSE", "AES256")) {
      Predicate<String> encrypted = head -> has(head, "x-amz-server-side-encryption: AES256");
      harvest.store.takeOnly(
          head -> encrypted.test(head) || head.startsWith("PUT /judgment-bucket HTTP"),
          refusal(403, "AccessDenied"));

      expectAll(harvest);
      List<String> puts =
          harvest.store.heads().stream()
              .filter(head -> head.startsWith("PUT /judgment-bucket/"))
              .toList();
      assertThat(puts).hasSize(23).allMatch(encrypted);
    }
  }

  @Test
  void aWrongStorageSettingEndsTheStartWithOneLine() throws Exception {
    try (Harvest harvest =
        new Harvest(folder, 20, 10).set("S3_SSE", "AES256").set("S3_SSE_KMS_KEY_ID", "alias/a")) {
      assertThat(harvest.command("audit"))
          .satisfies(
              command -> {
                assertThat(command.exitCode()).isEqualTo(2);
                assertThat(command.stderr())
                    .isEqualTo(
                        "s3.sse-kms-key-id: \"alias/a\" (from S3_SSE_KMS_KEY_ID)"
                            + " needs s3.sse=aws:kms");
              });
    }
  }
}
