package api;

import config.ApiSettings;
import config.HostValue;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Allows only requests for the host names of this instance. A web page whose name was pointed at
 * 127.0.0.1 (DNS rebinding) has the same origin as the API for its browser, but the request still
 * contains the page's name.
 */
final class HostCheck implements Handler<RoutingContext> {
  private final List<HostValue> allowed;
  private final boolean allowsOwnAddress;

  /**
   * @param api uses {@code api.allowed-hosts}; by default the names and addresses of {@code
   *     api.host} and of loopback
   */
  HostCheck(ApiSettings api) {
    this.allowsOwnAddress = api.allowedHosts().isEmpty();
    this.allowed = allowsOwnAddress ? usual(api.host()) : api.allowedHosts();
  }

  private static List<HostValue> usual(String host) {
    List<HostValue> usual = new ArrayList<>();
    Stream.of("localhost", "127.0.0.1", "[::1]", host.contains(":") ? "[" + host + "]" : host)
        .map(HostValue::parse)
        .flatMap(Optional::stream)
        .forEach(usual::add);
    try {
      InetAddress[] addresses = InetAddress.getAllByName(host);
      Stream.of(addresses).map(HostValue::of).forEach(usual::add);
      if (!addresses[0].isLoopbackAddress()) {
        HostValue.parse(InetAddress.getLocalHost().getHostName()).ifPresent(usual::add);
      }
    } catch (UnknownHostException noSuchName) {
      // the server will not start with it either, or this machine has no name
    }
    return usual;
  }

  @Override
  public void handle(RoutingContext call) {
    HttpServerRequest request = call.request();
    List<String> named = new ArrayList<>(request.headers().getAll("Host"));
    // a browser always sends the host; an HTTP/1.0 probe may not
    boolean unclear =
        named.size() > 1 || named.isEmpty() && request.version() != HttpVersion.HTTP_1_0;
    if (!request.uri().startsWith("/") && !request.uri().equals("*")) {
      named.add(authority(request.uri()));
    }
    if (unclear) {
      ErrorResponses.answer(call, 400, "exactly one Host header is required");
    } else if (named.stream().allMatch(host -> allows(host, request))) {
      call.next();
    } else {
      ErrorResponses.answer(call, 421);
    }
  }

  /** The host of an absolute request target, which takes precedence over the header. */
  private static String authority(String target) {
    try {
      return String.valueOf(URI.create(target).getRawAuthority());
    } catch (IllegalArgumentException noAddress) {
      return "";
    }
  }

  private boolean allows(String host, HttpServerRequest request) {
    Optional<HostValue> asked = HostValue.parse(host.strip());
    return asked.isPresent()
        && (allowed.stream().anyMatch(value -> value.matches(asked.get()))
            || allowsOwnAddress && isOwnAddress(asked.get(), request));
  }

  /** A server that listens on all addresses can be addressed by each of them. */
  private static boolean isOwnAddress(HostValue asked, HttpServerRequest request) {
    String address = request.localAddress().hostAddress();
    return address != null
        && HostValue.parse(address.contains(":") ? "[" + address + "]" : address)
            .filter(own -> own.name().equals(asked.name()))
            .isPresent();
  }
}
