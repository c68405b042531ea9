package app;

import config.Configuration;
import config.UsageException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.RouteController;

/** Camel, as an instance runs it. */
final class CamelMain {
  private CamelMain() {}

  /** Has no signal handler of its own: whoever runs the instance ends it. */
  static Main create() {
    Main camel = new Main();
    camel.setShutdownStrategy(new SimpleMainShutdownStrategy());
    camel.setDefaultPropertyPlaceholderLocation("classpath:application.properties");
    return camel;
  }

  /**
   * Applies the operator's settings, and those that must not be overridden, because the API key was
   * checked against them.
   *
   * @param controller of the routes
   */
  static void set(
      Main camel, Configuration configuration, RouteController controller, Servers servers) {
    camel.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeInitialize(BaseMainSupport starting) {
            starting.getCamelContext().setRouteController(controller);
          }
        });
    camel.addInitialProperty("s3.bucket", configuration.store().bucket());
    configuration.camel().forEach(camel::addOverrideProperty);
    servers.serve(camel);
  }

  /**
   * The operator's setting that Camel cannot use, as a mistake in one line, because Camel takes
   * several; empty if it failed for another reason.
   */
  static Optional<Exception> mistake(Exception failure, Configuration configuration) {
    String words =
        Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
            .map(cause -> String.valueOf(cause.getMessage()))
            .collect(Collectors.joining(" "))
            .transform(CamelMain::plain);
    return configuration.camel().entrySet().stream()
        .filter(setting -> words.contains(plain(setting.getKey())))
        .findFirst()
        .map(
            setting ->
                new UsageException(
                    "%s: \"%s\" cannot be used by Camel; expected a key of Camel's own, and a value that it takes"
                        .formatted(setting.getKey(), setting.getValue()),
                    failure));
  }

  /** A key has several spellings: {@code shutdown-timeout} and {@code shutdownTimeout}. */
  private static String plain(String words) {
    return words.replace("-", "").toLowerCase(Locale.ROOT);
  }
}
