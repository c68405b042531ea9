package config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and checks the {@code s3.*} keys. */
final class StoreSection {
  private static final Predicate<String> BUCKET =
      Pattern.compile("(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
          .asMatchPredicate();

  /** The characters that S3 calls safe, so that no key needs encoding. */
  private static final Predicate<String> PREFIX =
      Pattern.compile("(?!.*(\\.\\.|//))(?!/)[A-Za-z0-9/!_.*'()=-]{1,254}/").asMatchPredicate();

  private static final Predicate<String> REGION =
      Pattern.compile("[A-Za-z0-9-]{1,63}").asMatchPredicate();

  private static final String KMS = "aws:kms";

  /** A key's id, its ARN, or the name or ARN of an alias. */
  private static final Predicate<String> KMS_KEY =
      Pattern.compile("[A-Za-z0-9:/_-]{1,2048}").asMatchPredicate();

  /** The class of an object that asks for none. */
  private static final String STANDARD = "STANDARD";

  private final Values values;
  private final Path folder;

  /**
   * @param folder that relative paths start from
   */
  StoreSection(Values values, Path folder) {
    this.values = values;
    this.folder = folder;
  }

  StoreSettings read() {
    String prefix = prefix(ConfigKey.PREFIX);
    List<String> manifestPrefixes = manifestPrefixes(prefix);
    URI endpoint =
        endpoint(values, ConfigKey.ENDPOINT, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    return new StoreSettings(
        bucket(values, ConfigKey.BUCKET),
        values.bool(ConfigKey.CREATE_BUCKET),
        prefix,
        manifestPrefixes.get(0),
        manifestPrefixes.subList(1, manifestPrefixes.size()),
        backupPrefix(prefix, manifestPrefixes),
        endpoint,
        region(values, ConfigKey.REGION),
        values.text(ConfigKey.PATH_STYLE).isPresent()
            ? values.bool(ConfigKey.PATH_STYLE)
            : endpoint != null,
        values.authorities(ConfigKey.STORE_CA_FILE, folder),
        uploads());
  }

  private UploadSettings uploads() {
    String checksum = values.oneOf(ConfigKey.CHECKSUM, "sha256", "md5", "none");
    String encryption =
        values.text(ConfigKey.ENCRYPTION).isPresent()
            ? values.oneOf(ConfigKey.ENCRYPTION, "AES256", KMS)
            : null;
    String storageClass =
        values.oneOf(
            ConfigKey.STORAGE_CLASS,
            STANDARD,
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER_IR",
            "GLACIER",
            "DEEP_ARCHIVE",
            "REDUCED_REDUNDANCY",
            "EXPRESS_ONEZONE",
            "OUTPOSTS",
            "SNOW");
    return new UploadSettings(
        UploadSettings.Checksum.valueOf(checksum.toUpperCase(Locale.ROOT)),
        encryption,
        kmsKeyId(encryption),
        storageClass.equals(STANDARD) ? null : storageClass);
  }

  private @Nullable String kmsKeyId(@Nullable String encryption) {
    if (values.text(ConfigKey.KMS_KEY_ID).isEmpty()) {
      return null;
    }
    if (!KMS.equals(encryption)) {
      throw values.mistake(ConfigKey.KMS_KEY_ID, "needs s3.sse=" + KMS);
    }
    return values.matching(
        ConfigKey.KMS_KEY_ID, KMS_KEY, "is not the id, the ARN or the alias of a KMS key");
  }

  private String prefix(ConfigKey key) {
    return prefix(key, values.required(key));
  }

  private String prefix(ConfigKey key, String text) {
    if (!PREFIX.test(text)) {
      throw values.mistake(
          key,
          "is not a prefix such as judgments/; expected ASCII letters, digits and !_.*'()=- in parts that end"
              + " with /, without / at its beginning and without ..");
    }
    return text;
  }

  /** All are read; only the first is written to. */
  private List<String> manifestPrefixes(String prefix) {
    List<String> all = new ArrayList<>();
    for (String text : values.required(ConfigKey.MANIFEST_PREFIX).split(",", -1)) {
      String next = prefix(ConfigKey.MANIFEST_PREFIX, text.strip());
      if (overlap(prefix, next)) {
        throw values.mistake(
            ConfigKey.MANIFEST_PREFIX,
            "and s3.prefix \"%s\" overlap; expected two separate prefixes".formatted(prefix));
      }
      all.stream()
          .filter(other -> overlap(other, next))
          .findFirst()
          .ifPresent(
              other -> {
                throw values.mistake(
                    ConfigKey.MANIFEST_PREFIX,
                    "holds \"%s\" and \"%s\", which overlap; expected separate prefixes"
                        .formatted(other, next));
              });
      all.add(next);
    }
    return all;
  }

  private static boolean overlap(String one, String other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  private Optional<String> backupPrefix(String prefix, List<String> manifestPrefixes) {
    if (values.text(ConfigKey.BACKUP_PREFIX).isEmpty()) {
      return Optional.empty();
    }
    String backups = prefix(ConfigKey.BACKUP_PREFIX);
    if (overlap(backups, prefix)
        || manifestPrefixes.stream().anyMatch(other -> overlap(backups, other))) {
      throw values.mistake(
          ConfigKey.BACKUP_PREFIX,
          "overlaps with s3.prefix or s3.manifest-prefix; expected a separate prefix");
    }
    return Optional.of(backups);
  }

  /** The name of a bucket. */
  static String bucket(Values values, SettingKey key) {
    return values.matching(
        key,
        BUCKET,
        "is not the name of a bucket; expected 3 to 63 lower-case letters, digits, dots and hyphens");
  }

  /** The name of a region. */
  static String region(Values values, SettingKey key) {
    return values.matching(key, REGION, "is not the name of a region, such as us-east-1");
  }

  /**
   * The address of an S3-compatible store; null if it is not set.
   *
   * @param credentials the keys that user and password belong to
   */
  static @Nullable URI endpoint(Values values, SettingKey key, String credentials) {
    return values
        .text(key)
        .map(
            text ->
                values
                    .webAddress(key, text, credentials)
                    .filter(uri -> uri.getRawQuery() == null && !text.contains("#"))
                    .orElseThrow(
                        () ->
                            values.mistake(
                                key,
                                "is not an http or https address, such as https://minio.example:9000")))
        .orElse(null);
  }
}
