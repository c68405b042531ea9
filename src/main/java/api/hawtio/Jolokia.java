package api.hawtio;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.JMException;
import org.jolokia.core.api.LogHandler;
import org.jolokia.json.JSONStructure;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.http.HttpRequestHandler;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.request.NotChangedException;
import org.jolokia.server.core.service.JolokiaServiceManagerFactory;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.service.jmx.LocalRequestHandler;
import org.jolokia.service.serializer.JolokiaSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JMX over HTTP, under {@link ReadingPolicy}. It is put together here rather than by Camel, whose
 * Jolokia takes another policy from a system property or the environment, and none if it finds
 * none.
 */
final class Jolokia implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jolokia.class);
  private static final int FIRST = 1;
  private static final ReadingPolicy POLICY = new ReadingPolicy();

  private final String path;
  private final JolokiaServiceManager services;
  private final HttpRequestHandler handler;

  /**
   * @param path that it is mounted on
   */
  Jolokia(String path) {
    this.path = path;
    this.services =
        JolokiaServiceManagerFactory.createJolokiaServiceManager(
            new StaticConfiguration(
                ConfigKey.AGENT_ID, "judgment-harvester", ConfigKey.ALLOW_ERROR_DETAILS, "false"),
            new ToSlf4j(),
            POLICY);
    services.addService(new JolokiaSerializer());
    services.addService(new AllowedRequests());
    this.handler = new HttpRequestHandler(services.start());
  }

  /** Answers a call whose body has been read; may block while a route stops. */
  String answer(RoutingContext call) {
    HttpServerRequest request = call.request();
    JSONStructure answer;
    try {
      Map<String, String[]> parameters = parameters(request.params());
      answer =
          request.method() == HttpMethod.POST
              ? handler.handlePostRequest(
                  request.uri(),
                  new ByteArrayInputStream(call.body().buffer().getBytes()),
                  StandardCharsets.UTF_8.name(),
                  parameters)
              : handler.handleGetRequest(request.uri(), pathInfo(request), parameters);
    } catch (Exception e) { // a wrong request, as JSON
      answer = handler.handleThrowable(e);
    }
    return answer.toJSONString();
  }

  /** What stands behind its path, decoded; a plus is a plus there. */
  private String pathInfo(HttpServerRequest request) {
    String raw = request.path().substring(path.length()).replace("+", "%2B");
    return URLDecoder.decode(raw, StandardCharsets.UTF_8);
  }

  private static Map<String, String[]> parameters(MultiMap given) {
    return given.names().stream()
        .collect(
            Collectors.toMap(
                name -> name, name -> given.getAll(name).toArray(String[]::new), (a, b) -> a));
  }

  @Override
  public void close() {
    services.stop();
  }

  /** Jolokia itself registers listeners for notifications without asking the policy. */
  private static final class AllowedRequests extends LocalRequestHandler {
    AllowedRequests() {
      super(FIRST);
    }

    @Override
    public <R extends JolokiaRequest> Object handleRequest(R request, Object previous)
        throws IOException,
            JMException,
            NotChangedException,
            BadRequestException,
            EmptyResponseException {
      if (!POLICY.isTypeAllowed(request.getType())) {
        throw new SecurityException("requests of this type are not allowed");
      }
      return super.handleRequest(request, previous);
    }
  }

  private static final class ToSlf4j implements LogHandler {
    @Override
    public void debug(String message) {
      LOG.debug("{}", message);
    }

    @Override
    public void info(String message) {
      LOG.debug("{}", message);
    }

    @Override
    public void error(String message, Throwable cause) {
      LOG.warn("{}", message, cause);
    }

    @Override
    public boolean isDebug() {
      return false;
    }
  }
}
