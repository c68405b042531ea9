package config;

import java.net.URI;

/**
 * The {@code s3.*} keys, checked. Credentials are not among them: they come from the AWS default
 * chain.
 *
 * @param bucket its name
 * @param createBucket whether it is created when it is missing
 * @param prefix where documents lie, ends with {@code /}
 * @param manifestPrefix where manifests lie, ends with {@code /}; neither prefix begins with the
 *     other
 * @param endpoint address of an S3-compatible store; null for AWS
 * @param region AWS region
 * @param pathStyle whether the bucket is named in the path rather than in the host
 */
public record StoreSettings(
    String bucket,
    boolean createBucket,
    String prefix,
    String manifestPrefix,
    URI endpoint,
    String region,
    boolean pathStyle) {}
