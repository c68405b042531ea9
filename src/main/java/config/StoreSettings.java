package config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import platform.CertificateAuthorities;

/**
 * The {@code s3.*} keys, checked. Credentials are not included: they come from the AWS default
 * chain.
 *
 * @param bucket its name
 * @param createBucket whether to create it if it is missing
 * @param prefix key prefix of documents, ends with {@code /}
 * @param manifestPrefix key prefix of manifests, ends with {@code /}; no prefix starts with another
 * @param furtherManifestPrefixes of manifests that are also read, but not written: those of other
 *     harvests into the same bucket
 * @param backupPrefix key prefix of the ledger's backups, apart from the others; empty for no
 *     backups in the bucket
 * @param endpoint address of an S3-compatible store; null for AWS
 * @param region AWS region
 * @param pathStyle whether the bucket is part of the path rather than the host name
 * @param authorities certificate authorities in addition to those of the JDK; empty for none
 * @param uploads how objects are put into the bucket
 */
public record StoreSettings(
    String bucket,
    boolean createBucket,
    String prefix,
    String manifestPrefix,
    List<String> furtherManifestPrefixes,
    Optional<String> backupPrefix,
    @Nullable URI endpoint,
    String region,
    boolean pathStyle,
    Optional<CertificateAuthorities> authorities,
    UploadSettings uploads) {

  /** A copy that knows only the manifests under another prefix. */
  public StoreSettings withManifests(String other) {
    return new StoreSettings(
        bucket,
        createBucket,
        prefix,
        other,
        List.of(),
        backupPrefix,
        endpoint,
        region,
        pathStyle,
        authorities,
        uploads);
  }
}
