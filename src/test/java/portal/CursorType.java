package portal;

import config.ConfigKey;
import config.Values;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import model.Ticker;

/** The third portal type of docs/portals.md: {@code cursor}, which has no keys of its own. */
public final class CursorType implements PortalType {
  @Override
  public String name() {
    return "cursor";
  }

  @Override
  public Optional<URI> address(Values values) {
    return values
        .text(ConfigKey.PORTAL_URL)
        .map(
            url ->
                Values.httpAddress(url)
                    .orElseThrow(
                        () -> values.mistake(ConfigKey.PORTAL_URL, "is not the " + urlWords())));
  }

  @Override
  public String urlWords() {
    return "address of the API, such as https://host/api/judgments";
  }

  @Override
  public Dialect create(Values values, PortalScope scope, Ticker ticker, InstantSource clock) {
    return new CursorDialect(URI.create(values.required(ConfigKey.PORTAL_URL)), scope);
  }
}
