package api.hawtio;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.MimeMapping;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The files of the console, from the class path and from one folder of it only. */
final class ConsoleFiles implements Handler<RoutingContext> {
  private static final String FOLDER = "/hawtio-static/";
  private static final String CONFIGURATION = "hawtconfig.json";
  private static final String PAGE = "index.html";

  /** No part begins with a dot. */
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private final String base;

  /**
   * @param base path that they are below
   */
  ConsoleFiles(String base) {
    this.base = base;
  }

  @Override
  public void handle(RoutingContext call) {
    String path = call.normalizedPath();
    if (path.equals(base)) {
      call.response().setStatusCode(302).putHeader("Location", base + "/").end();
      return;
    }
    String name = path.substring(base.length() + 1);
    boolean isPage = name.isEmpty() || isAddressOfThePage(call, name);
    String file = isPage ? PAGE : name;
    boolean zips = acceptsGzip(call);
    call.vertx()
        .executeBlocking(() -> zips ? zipped(read(file)) : read(file), false)
        .onFailure(call::fail)
        .onSuccess(bytes -> send(call, file, bytes, zips));
  }

  /** The console changes the address as its user moves on; these are loaded after a reload. */
  private static boolean isAddressOfThePage(RoutingContext call, String name) {
    return !name.substring(name.lastIndexOf('/') + 1).contains(".")
        && String.valueOf(call.request().getHeader("Accept")).contains("text/html");
  }

  /** What is sent compressed is not compressed again by the server, on its event loop. */
  private static boolean acceptsGzip(RoutingContext call) {
    return String.valueOf(call.request().getHeader("Accept-Encoding")).contains("gzip");
  }

  private static @Nullable Buffer zipped(@Nullable Buffer bytes) throws IOException {
    if (bytes == null || bytes.length() == 0) {
      return bytes;
    }
    ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length() / 2);
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes.getBytes());
    }
    return Buffer.buffer(zipped.toByteArray());
  }

  private static @Nullable Buffer read(String file) throws IOException {
    if (!NAME.matcher(file).matches()) {
      return null;
    }
    String resource = file.equals(CONFIGURATION) ? "/hawtio/" + file : FOLDER + file;
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(resource)) {
      return in == null ? null : Buffer.buffer(in.readAllBytes());
    }
  }

  private static void send(
      RoutingContext call, String file, @Nullable Buffer bytes, boolean isZipped) {
    if (bytes == null || bytes.length() == 0) { // an entry of a folder is empty
      call.response()
          .setStatusCode(404)
          .putHeader("Content-Type", "application/json")
          .end("{\"status\":\"error\",\"message\":\"no such path\"}");
      return;
    }
    if (file.startsWith("static/")) { // their names change with their content
      call.response().putHeader("Cache-Control", "private, max-age=31536000, immutable");
    }
    if (isZipped) {
      call.response().putHeader("Content-Encoding", "gzip");
    }
    String type = MimeMapping.getMimeTypeForFilename(file);
    call.response()
        .putHeader("Vary", "Accept-Encoding")
        .putHeader("Content-Type", type == null ? "application/octet-stream" : type)
        .end(bytes);
  }
}
