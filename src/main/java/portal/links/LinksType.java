package portal.links;

import config.ConfigKey;
import config.SettingKey;
import config.Values;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import model.Ticker;
import portal.Dialect;
import portal.PortalScope;
import portal.PortalType;

/**
 * The type {@code links}: HTML listing pages at numbered addresses, with links to the documents.
 */
public final class LinksType implements PortalType {
  private static final List<String> PLACEHOLDERS = List.of("{page}", "{page0}", "{offset}");

  @Override
  public String name() {
    return "links";
  }

  @Override
  public List<? extends SettingKey> keys() {
    return List.of(LinksKey.values());
  }

  @Override
  public void check(Values values) {
    LinksSettings.read(values);
  }

  @Override
  public Optional<URI> address(Values values) {
    return values
        .text(ConfigKey.PORTAL_URL)
        .map(
            url ->
                Optional.of(url)
                    .filter(text -> PLACEHOLDERS.stream().anyMatch(text::contains))
                    .map(
                        text ->
                            text.replace("{page}", "1")
                                .replace("{page0}", "0")
                                .replace("{offset}", "0"))
                    .flatMap(
                        text -> values.webAddress(ConfigKey.PORTAL_URL, text, "portal.headers"))
                    .orElseThrow(
                        () ->
                            values.mistake(
                                ConfigKey.PORTAL_URL, "is not the http or https " + urlWords())));
  }

  @Override
  public String urlWords() {
    return "address of a listing page with {page}, {page0} or {offset} in it,"
        + " such as https://host/list?page={page}";
  }

  @Override
  public Dialect create(Values values, PortalScope scope, Ticker ticker, InstantSource clock) {
    return new LinksDialect(
        values.required(ConfigKey.PORTAL_URL), LinksSettings.read(values), scope, clock);
  }
}
