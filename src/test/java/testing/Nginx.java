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
        server {
          listen 127.0.0.1:%2$d;
          location /list/ { alias %3$s/; }
          location / { root %4$s; }
        }
      }
      """;

  private final Process process;
  private final int port;

  /**
   * @param folder for its files
   * @param listings folder served below {@code /list/}
   * @param documents folder served below {@code /}
   */
  public Nginx(Path folder, Path listings, Path documents) throws IOException {
    this.port = Ports.free();
    Files.createDirectories(folder);
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, CONFIGURATION.formatted(folder, port, listings, documents));
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
