package store;

import config.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import model.Digests;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The bucket, and the documents in it. */
public final class Bucket {
  private static final int NOT_FOUND = 404;

  /**
   * Answers to a HEAD that is denied or not supported, so that nothing is known about the object.
   */
  private static final Set<Integer> TELLS_NOTHING = Set.of(403, 405, 501);

  private static final int END_SEARCHED = 1024;

  private final S3Client s3;
  private final StoreSettings settings;
  private final BucketAccess access;

  Bucket(S3Client s3, StoreSettings settings) {
    this.s3 = s3;
    this.settings = settings;
    this.access = new BucketAccess(s3, settings);
  }

  /**
   * Checks that the bucket exists, creating it if that is allowed.
   *
   * @throws StoreException with a message for the user if it does not
   */
  public void ensure() {
    access.ensure();
  }

  /**
   * Checks that the bucket exists.
   *
   * @throws StoreException with a message for the user if it does not
   */
  public void require() {
    access.require();
  }

  /**
   * Finds out whether the bucket takes objects at all: puts one of its own documents again, as it
   * is, so that nothing is left behind.
   *
   * @return false if there is no small document that can be read, so that the test is inconclusive
   * @throws StoreException if the bucket does not take it, in the store's own words
   */
  public boolean takesObjects() {
    access.require();
    return access.takesOneOf(documents());
  }

  /** All documents, listed page by page during the iteration. */
  public Iterable<StoredObject> documents() {
    return StoredObject.list(s3, settings.bucket(), settings.prefix());
  }

  /** Deletes the object with this key. */
  public void delete(String key) {
    s3.deleteObject(delete -> delete.bucket(settings.bucket()).key(key));
  }

  /**
   * The document that this program has put under this key; empty if there is none, if the store
   * does not say, or if it names another checksum of the bytes that it holds, so that the document
   * is fetched again.
   */
  public Optional<KeptDocument> kept(String key) {
    try {
      HeadObjectResponse head = head(key);
      String sha256 = UserMetadata.read(head.metadata()).getOrDefault(StoreHeaders.SHA256, "");
      String own = StoreHeaders.hex(head.checksumSHA256());
      boolean asPut = own == null || own.equals(sha256);
      long size = StoredObject.size(key, head.contentLength());
      return sha256.matches("[0-9a-f]{64}") && size > 0 && asPut
          ? Optional.of(new KeptDocument(size, sha256, hasEnd(key)))
          : Optional.empty();
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND || TELLS_NOTHING.contains(e.status())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean hasEnd(String key) {
    byte[] end =
        s3.getObjectAsBytes(
                get -> get.bucket(settings.bucket()).key(key).range("bytes=-" + END_SEARCHED))
            .asByteArrayUnsafe();
    int begin = Math.max(0, end.length - END_SEARCHED); // a store may ignore the range
    return new String(end, begin, end.length - begin, StandardCharsets.ISO_8859_1)
        .contains("%%EOF");
  }

  /**
   * Whether the object with this key may be these bytes: it is there with this size, and the store
   * names no other checksum. Nothing of it is sent. Believed if the store tells nothing about
   * objects.
   */
  public boolean mayHold(String key, long size, String sha256) {
    try {
      HeadObjectResponse head = head(key);
      String own = StoreHeaders.hex(head.checksumSHA256());
      return StoredObject.size(key, head.contentLength()) == size
          && (own == null || own.equals(sha256));
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND) {
        return false;
      }
      if (TELLS_NOTHING.contains(e.status())) {
        return true;
      }
      throw e;
    }
  }

  /** The size of the object with this key; empty if it does not exist. */
  public OptionalLong size(String key) {
    try {
      return OptionalLong.of(
          StoredObject.size(
              key, s3.headObject(head -> head.bucket(settings.bucket()).key(key)).contentLength()));
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  /**
   * The SHA-256 that the store keeps of an object; without one, what our own metadata claims; empty
   * if there is no such object. Nothing of the object's bytes is sent.
   */
  public Optional<ObjectHash> keptHash(String key) {
    try {
      HeadObjectResponse head = head(key);
      String kept = StoreHeaders.hex(head.checksumSHA256());
      return Optional.of(
          kept != null
              ? new ObjectHash(kept, true)
              : new ObjectHash(UserMetadata.read(head.metadata()).get(StoreHeaders.SHA256), false));
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The SHA-256 of an object's bytes, which are read; empty if there is no such object. */
  public Optional<ObjectHash> readHash(String key) {
    try {
      return Optional.of(
          WholeObject.read(s3, settings.bucket(), key, body -> new ObjectHash(sha256(body), true)));
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String sha256(InputStream body) throws IOException {
    MessageDigest digest = Digests.sha256();
    body.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What the store says about an object, with the checksum that it keeps itself, if any. */
  private HeadObjectResponse head(String key) {
    return s3.headObject(
        ask -> ask.bucket(settings.bucket()).key(key).checksumMode(ChecksumMode.ENABLED));
  }
}
