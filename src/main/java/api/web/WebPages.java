package api.web;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import model.Digests;

/**
 * The dashboards' pages and the files they load: a fixed list, read once from the class path.
 * Nothing else is served, whatever the path.
 */
public final class WebPages {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final List<String> OWN =
      List.of(
          "acceptance.js",
          "actions.js",
          "address.js",
          "api.js",
          "captchas.js",
          "cards.js",
          "control.js",
          "dialogs.js",
          "document.js",
          "failures.js",
          "fleet-history.js",
          "fleet-map.js",
          "format.js",
          "frame.js",
          "icon.svg",
          "instance.js",
          "limits.js",
          "logs.js",
          "marks.js",
          "plots.js",
          "problems.js",
          "progress.js",
          "reasons.js",
          "refresh.js",
          "search.js",
          "states.js",
          "style.css",
          "system.js",
          "tiles.js",
          "unified.js");

  /** A served file. */
  private record Asset(String path, String resource) {
    private static Asset page(String path, String name) {
      return new Asset(path, "/web/" + name);
    }

    private static Asset own(String name) {
      return new Asset("/assets/" + name, "/web/" + name);
    }

    private static Asset library(String name, String file) {
      return new Asset("/assets/" + name, "/META-INF/resources/webjars/" + file);
    }

    private String type() {
      return switch (resource.substring(resource.lastIndexOf('.') + 1)) {
        case "html" -> "text/html; charset=utf-8";
        case "css" -> "text/css; charset=utf-8";
        case "svg" -> "image/svg+xml";
        default -> "text/javascript; charset=utf-8";
      };
    }

    private byte[] bytes() {
      try (InputStream in = WebPages.class.getResourceAsStream(resource)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Stream<Asset> assets() {
    Stream<Asset> others =
        Stream.of(
            Asset.page("/", "index.html"),
            Asset.page("/unified", "unified.html"),
            Asset.library("lit/lit-html.js", "lit-html/3.3.1/lit-html.js"),
            Asset.library("lit/directive.js", "lit-html/3.3.1/directive.js"),
            Asset.library("lit/directive-helpers.js", "lit-html/3.3.1/directive-helpers.js"),
            Asset.library("lit/directives/repeat.js", "lit-html/3.3.1/directives/repeat.js"),
            Asset.library("pico.css", "picocss__pico/2.1.1/css/pico.min.css"),
            Asset.library("uplot.css", "uplot/1.6.30/dist/uPlot.min.css"),
            Asset.library("uplot.js", "uplot/1.6.30/dist/uPlot.iife.min.js"));
    return Stream.concat(others, OWN.stream().map(Asset::own));
  }

  /** Registers GET for each file. */
  public void mount(Router server) {
    assets().forEach(asset -> server.get(asset.path()).handler(serve(asset)));
  }

  /** The browser caches a file, and revalidates it each time. */
  private static Handler<RoutingContext> serve(Asset asset) {
    Buffer bytes = Buffer.buffer(asset.bytes());
    String tag = '"' + Digests.sha256(bytes.getBytes()) + '"';
    String type = asset.type();
    return call -> {
      if (call.request().path().endsWith("/") && !asset.path().endsWith("/")) {
        // the router treats it as the same path, but the files of the page would not be found
        call.response().setStatusCode(308).putHeader("Location", ".." + asset.path()).end();
        return;
      }
      HttpServerResponse response =
          call.response()
              .putHeader("Content-Security-Policy", POLICY)
              .putHeader("Cache-Control", "no-cache")
              .putHeader("Vary", "Accept-Encoding")
              .putHeader("ETag", tag);
      if (tag.equals(call.request().getHeader("If-None-Match"))) {
        response.setStatusCode(304).end();
      } else {
        response.putHeader("Content-Type", type).end(bytes);
      }
    };
  }
}
