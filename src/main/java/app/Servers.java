package app;

import api.BoundedVertx;
import api.ServerTls;
import config.ApiSettings;
import config.UsageException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;
import org.apache.camel.support.jsse.GlobalSSLContextParametersSupplier;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** The two HTTP servers of an instance: where they listen, and the certificate of their TLS. */
final class Servers implements AutoCloseable {
  private static final Duration LOOK_FOR_CERTIFICATE = Duration.ofSeconds(10);

  private final ApiSettings settings;
  private final BoundedVertx vertx = new BoundedVertx();
  private final @Nullable ServerTls tls;

  /**
   * Reads the certificate, if there is one. No server runs yet.
   *
   * @throws UsageException if the certificate cannot be used
   */
  Servers(ApiSettings settings) {
    this.settings = settings;
    this.tls = tls();
  }

  private @Nullable ServerTls tls() {
    if (settings.tls() == null) {
      return null;
    }
    try {
      ServerTls read = new ServerTls(settings.tls(), vertx);
      vertx.useForTls(read);
      return read;
    } catch (UsageException e) {
      vertx.close();
      throw e;
    }
  }

  /** Makes Camel create both servers that way; called last, because nothing must override it. */
  void serve(Main camel) {
    camel.bind("vertx", vertx);
    camel.addOverrideProperty("camel.server.host", settings.host());
    camel.addOverrideProperty("camel.server.port", String.valueOf(settings.port()));
    if (tls != null) {
      GlobalSSLContextParametersSupplier settled = SSLContextParameters::new; // see BoundedVertx
      camel.bind("tls", settled);
      camel.addOverrideProperty("camel.server.useGlobalSslContextParameters", "true");
    }
    camel.addOverrideProperty("camel.management.host", "127.0.0.1");
    camel.addOverrideProperty("camel.management.port", String.valueOf(settings.managementPort()));
  }

  /** Runs this for each server before it listens. */
  void beforeListening(Runnable task) {
    vertx.beforeListening(task);
  }

  /** Uses a renewed certificate from now on. */
  void followCertificate(ScheduledExecutorService executor) {
    if (tls != null) {
      long every = LOOK_FOR_CERTIFICATE.toSeconds();
      executor.scheduleWithFixedDelay(tls::look, every, every, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    vertx.close();
  }
}
