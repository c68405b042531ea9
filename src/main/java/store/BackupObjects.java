package store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import model.BackupOrder;
import software.amazon.awssdk.services.s3.S3Client;

/** The backups of one instance's ledger in the bucket. */
public final class BackupObjects {
  private final S3Client s3;
  private final String bucket;
  private final String prefix;

  /**
   * @param prefix of this instance's backups alone
   */
  BackupObjects(S3Client s3, String bucket, String prefix) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /**
   * Puts a backup into the bucket, and deletes the oldest ones.
   *
   * @param kept how many are kept
   * @return its key
   * @throws StoreException if the store does not take it
   */
  public String put(Path backup, int kept) {
    String key = prefix + backup.getFileName();
    s3.putObject(put -> put.bucket(bucket).key(key), backup);
    List<String> keys = new ArrayList<>();
    StoredObject.list(s3, bucket, prefix).forEach(object -> keys.add(object.key()));
    keys.sort(BackupOrder.firstToGo(key));
    for (String old : keys.subList(0, Math.max(0, keys.size() - kept))) {
      s3.deleteObject(delete -> delete.bucket(bucket).key(old));
    }
    return key;
  }
}
