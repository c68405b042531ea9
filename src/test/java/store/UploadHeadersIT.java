package store;

import static org.assertj.core.api.Assertions.assertThat;
import static testing.FaultyStore.has;
import static testing.FaultyStore.http;

import config.UploadSettings;
import config.UploadSettings.Checksum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import model.Digests;
import model.ObjectKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import testing.FaultyStore;

/** What every upload carries: documents, which are files, and manifests, which are bytes. */
class UploadHeadersIT {
  private static final String DONE = http(200, "", "ETag: \"1\"");

  /** More than any buffer. */
  private static final byte[] BYTES =
      "%PDF-1.4 %%EOF".repeat(50_000).getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;
  private FaultyStore gate;

  @BeforeEach
  void open() throws IOException {
    FaultyStore.feedCredentialsChain();
    gate = new FaultyStore(folder);
  }

  @AfterEach
  void close() throws IOException {
    gate.close();
  }

  private static UploadSettings checksum(Checksum checksum) {
    return new UploadSettings(checksum, null, null, null);
  }

  private Store store(UploadSettings uploads) {
    Store store = Store.open(StoreFixture.settings(gate.endpoint(), true, uploads), 2);
    store.bucket().ensure();
    return store;
  }

  private Optional<StoreException> document(Store store) throws IOException {
    Path file = Files.write(folder.resolve("a.pdf"), BYTES);
    return CamelUpload.of(
        store,
        StoreHeaders.document(
            new ObjectKey("judgments/", "a.pdf"),
            BYTES.length,
            Digests.sha256(BYTES),
            Map.of("cnr", "X1")),
        file.toFile());
  }

  private Optional<StoreException> manifest(Store store) throws IOException {
    return CamelUpload.of(
        store, StoreHeaders.manifest(store.manifests().key(1), Digests.sha256(BYTES)), BYTES);
  }

  /** The heads of the uploads of all that the program puts. */
  private List<String> uploads(UploadSettings settings) throws IOException {
    try (Store store = store(settings)) {
      gate.answer(request -> request.startsWith("PUT") && request.contains("test/") ? DONE : null);
      assertThat(document(store)).isEmpty();
      assertThat(manifest(store)).isEmpty();
      Path file = Files.write(folder.resolve("other"), BYTES);
      assertThat(store.planFile().create(file)).isTrue();
      store.planFile().attribute(new String(BYTES, StandardCharsets.US_ASCII));
      store.backups(1).orElseThrow().put(file, 9);
    }
    List<String> heads =
        gate.heads().stream()
            .filter(head -> head.startsWith("PUT") && head.contains("test/"))
            .toList();
    assertThat(heads).hasSize(5);
    return heads;
  }

  @Test
  void anUploadThatMustBeTheFirstSaysSoInAHeaderAndNotInItsMetadata() throws Exception {
    Path file = Files.write(folder.resolve("a.pdf"), BYTES);
    try (Store store = store(UploadSettings.DEFAULT)) {
      Map<String, Object> headers =
          StoreHeaders.onlyFirst(
              new ObjectKey("judgments/", "a.pdf"),
              BYTES.length,
              Digests.sha256(BYTES),
              Map.of("cnr", "X1"));

      assertThat(CamelUpload.of(store, headers, file.toFile())).isEmpty();
      assertThat(CamelUpload.of(store, headers, file.toFile()))
          .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(412));
      assertThat(document(store)).isEmpty();
    }
    List<String> heads = gate.heads().stream().filter(head -> head.contains("/a.pdf")).toList();
    assertThat(heads).hasSize(3);
    assertThat(heads.get(0)).matches(head -> has(head, "If-None-Match: *"));
    assertThat(heads.get(2)).matches(head -> !has(head, "If-None-Match"));
    assertThat(heads).noneMatch(head -> head.contains(StoreHeaders.ONLY_FIRST));
  }

  private static String sha256() {
    return "x-amz-checksum-sha256: " + StoreHeaders.base64(Digests.sha256(BYTES));
  }

  private static String md5() throws Exception {
    return "Content-MD5: "
        + Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(BYTES));
  }

  @Test
  void byDefaultAnUploadCarriesItsSha256AndNoOtherChecksum() throws Exception {
    assertThat(uploads(UploadSettings.DEFAULT))
        .allMatch(head -> has(head, sha256()))
        .noneMatch(head -> has(head, "Content-MD5"));
  }

  @Test
  void withMd5AnUploadCarriesItsMd5AndNoOtherChecksum() throws Exception {
    String md5 = md5();
    assertThat(uploads(checksum(Checksum.MD5)))
        .allMatch(head -> has(head, md5))
        .noneMatch(UploadHeadersIT::hasAmazonsChecksum);
  }

  @Test
  void withNoneAnUploadCarriesNoChecksum() throws Exception {
    assertThat(uploads(checksum(Checksum.NONE)))
        .noneMatch(head -> has(head, "Content-MD5"))
        .noneMatch(UploadHeadersIT::hasAmazonsChecksum);
  }

  private static boolean hasAmazonsChecksum(String head) {
    return has(head, "x-amz-checksum")
        || has(head, "x-amz-sdk-checksum")
        || has(head, "x-amz-trailer")
        || has(head, "transfer-encoding");
  }

  @ParameterizedTest
  @EnumSource(Checksum.class)
  void withEachTheHeadersAreSignedButNotTheBody(Checksum checksum) throws IOException {
    assertThat(uploads(checksum(checksum)))
        .allMatch(head -> has(head, "x-amz-content-sha256: UNSIGNED-PAYLOAD"))
        .allMatch(head -> has(head, "Content-MD5") == head.contains(";content-md5;"));
  }

  @ParameterizedTest
  @EnumSource(Checksum.class)
  void aRealStoreAcceptsUploadsWithEach(Checksum checksum) throws IOException {
    try (Store store = store(checksum(checksum))) {
      assertThat(document(store)).isEmpty();
      assertThat(manifest(store)).isEmpty();
      assertThat(store.bucket().size("judgments/a.pdf")).hasValue(BYTES.length);
    }
  }

  @ParameterizedTest
  @CsvSource({"400", "501"})
  void aStoreThatRefusesAmazonsChecksumsAcceptsUploadsWithMd5OrNone(int status) throws IOException {
    String refusal = http(status, "<Error><Code>NotImplemented</Code></Error>");
    gate.takeOnly(Predicate.not(UploadHeadersIT::hasAmazonsChecksum), refusal);

    try (Store sha256 = store(UploadSettings.DEFAULT);
        Store md5 = store(checksum(Checksum.MD5));
        Store none = store(checksum(Checksum.NONE))) {
      assertThat(document(sha256)).isPresent();
      assertThat(document(md5)).isEmpty();
      assertThat(manifest(md5)).isEmpty();
      assertThat(document(none)).isEmpty();
      assertThat(manifest(none)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Checksum.class)
  void aRepeatedUploadCarriesTheSameHeaders(Checksum checksum) throws IOException {
    try (Store store = store(new UploadSettings(checksum, "AES256", null, "STANDARD_IA"))) {
      List<String> answers = new ArrayList<>(List.of(http(503, ""), DONE));
      gate.answer(request -> request.contains("test/") ? answers.remove(0) : null);
      assertThat(document(store)).isEmpty();
    }
    assertThat(
            gate.heads().stream()
                .filter(head -> head.contains("test/"))
                .map(UploadHeadersIT::aboutTheObject)
                .distinct())
        .singleElement()
        .asString()
        .contains("x-amz-meta-cnr: x1", "x-amz-meta-sha256", "aes256", "standard_ia");
  }

  /** The headers that a store keeps or checks, in lower case. */
  private static List<String> aboutTheObject(String head) {
    return head.toLowerCase(Locale.ROOT)
        .lines()
        .filter(line -> line.matches("(content-|x-amz-(meta|checksum|server|storage)).*"))
        .sorted()
        .toList();
  }

  @Test
  void byDefaultNoEncryptionAndNoStorageClassIsRequested() throws IOException {
    assertThat(uploads(UploadSettings.DEFAULT))
        .noneMatch(head -> has(head, "x-amz-server-side"))
        .noneMatch(head -> has(head, "x-amz-storage-class"));
  }

  @Test
  void everyUploadRequestsEncryption() throws IOException {
    assertThat(uploads(new UploadSettings(Checksum.SHA256, "AES256", null, null)))
        .allMatch(head -> has(head, "x-amz-server-side-encryption: AES256"))
        .noneMatch(head -> has(head, "x-amz-server-side-encryption-aws"));
  }

  @Test
  void everyUploadNamesTheKeyOfItsEncryption() throws IOException {
    assertThat(uploads(new UploadSettings(Checksum.SHA256, "aws:kms", "alias/a", null)))
        .allMatch(head -> has(head, "x-amz-server-side-encryption: aws:kms"))
        .allMatch(head -> has(head, "x-amz-server-side-encryption-aws-kms-key-id: alias/a"));
  }

  @Test
  void onlyDocumentsHaveAStorageClassOfTheirOwn() throws IOException {
    assertThat(uploads(new UploadSettings(Checksum.SHA256, null, null, "STANDARD_IA")))
        .allMatch(
            head -> has(head, "x-amz-storage-class: STANDARD_IA") == head.contains("/judgments/"));
  }
}
