package store;

/** The role of a bucket in this program, with the terms for messages about it. */
enum BucketRole {
  /** The bucket that is filled. */
  TARGET(
      "the store",
      "s3.region",
      "s3.ca-file",
      "credentials that are allowed to list, read and write the bucket"),
  /** The bucket with the open data, which is only read. */
  SOURCE(
      "the source",
      "source.region",
      "portal.ca-file",
      "source.anonymous=true, or SOURCE_AWS_* credentials that are allowed to list and read the bucket");

  final String name;
  final String regionKey;
  final String authoritiesKey;
  final String credentials;

  BucketRole(String name, String regionKey, String authoritiesKey, String credentials) {
    this.name = name;
    this.regionKey = regionKey;
    this.authoritiesKey = authoritiesKey;
    this.credentials = credentials;
  }
}
