package testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A real web server on a free port: nginx with its own configuration, as the current user. */
public final class Nginx implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      error_log %1$s/error.log;
      events { worker_connections 256; }
      http {
        access_log off;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        types { text/html html; application/pdf pdf; }
        sendfile on;
        %2$s
      }
      """;

  private static final String FOLDERS =
      """
      server {
        listen 127.0.0.1:%d;
        location /list/ { alias %s/; }
        location / { root %s; }
      }
      """;

  private final Process process;
  private final int port;

  /**
   * @param folder for its files
   * @param listings folder served below {@code /list/}
   * @param documents folder served below {@code /}
   */
  public static Nginx of(Path folder, Path listings, Path documents) throws IOException {
    int port = Ports.free();
    return new Nginx(folder, FOLDERS.formatted(port, listings, documents), port);
  }

  /**
   * @param folder for its files
   * @param servers the servers of its configuration
   * @param port a port on which one of them listens
   */
  public Nginx(Path folder, String servers, int port) throws IOException {
    this.port = port;
    Files.createDirectories(folder);
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, CONFIGURATION.formatted(folder, servers));
    String nginx = Files.exists(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";
    this.process =
        new ProcessBuilder(List.of(nginx, "-p", folder.toString(), "-c", configuration.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
