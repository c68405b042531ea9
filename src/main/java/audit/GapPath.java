package audit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import store.ManifestRow;

/** The path by which the portal knows the document of a row. */
final class GapPath {
  private GapPath() {}

  /**
   * The address contains the whole path, but not where it begins; the id shows that, but may be
   * cut, or escaped more than once.
   */
  static String of(ManifestRow row) {
    String id = row.id();
    String url = row.url() == null ? "" : row.url();
    return decoded(url.endsWith("/" + id) ? id : whole(id, url));
  }

  private static String whole(String id, String url) {
    String begin = "/" + id.substring(0, id.indexOf('/') + 1);
    int at = begin.equals("/") ? url.lastIndexOf('/') : url.indexOf(begin, url.indexOf("//") + 2);
    return at < 0 ? id : url.substring(at + 1);
  }

  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // a % that begins no escape
      return path;
    }
  }
}
