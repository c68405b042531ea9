package portal.opendata.tar;

import java.util.Locale;

/**
 * A member of a tar.
 *
 * @param name as the tar names it, with its folders
 * @param offset where its first header begins in the tar
 * @param size of the file, in bytes
 * @param isFile whether it is a file, rather than a folder, a link or a device
 */
public record TarMember(String name, long offset, long size, boolean isFile) {

  /** Whether it is a document: everything else in a tar counts for nothing. */
  public boolean isPdf() {
    return isFile && name.toLowerCase(Locale.ROOT).endsWith(".pdf");
  }

  /** The name of the file without its folders. */
  public String base() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
