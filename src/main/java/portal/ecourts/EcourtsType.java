package portal.ecourts;

import config.ConfigKey;
import config.SettingKey;
import config.Survey;
import config.Values;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import model.Ticker;
import model.web.WebAddress;
import portal.Dialect;
import portal.PortalScope;
import portal.PortalType;
import portal.SurveyContext;
import portal.list.HarvestList;
import portal.list.ListSource;
import portal.list.ListSurvey;

/** The type {@code ecourts}: the judgment portal of the Indian courts. */
public final class EcourtsType implements PortalType {
  @Override
  public String name() {
    return "ecourts";
  }

  @Override
  public List<? extends SettingKey> keys() {
    return List.of(EcourtsKey.values());
  }

  @Override
  public List<? extends SettingKey> filters() {
    return keys();
  }

  @Override
  public void check(Values values) {
    EcourtsSettings.read(values);
  }

  @Override
  public Optional<URI> address(Values values) {
    Optional<URI> address =
        values
            .text(ConfigKey.PORTAL_URL)
            .map(
                url ->
                    values
                        .webAddress(ConfigKey.PORTAL_URL, url, "portal.headers")
                        .filter(uri -> uri.getRawQuery() == null && !url.contains("#"))
                        .orElseThrow(
                            () ->
                                values.mistake(
                                    ConfigKey.PORTAL_URL,
                                    "is not the http or https " + urlWords())));
    boolean searches = ListSource.of(EcourtsKey.LIST, values).isEmpty();
    if (searches && !isPageSize(values.integer(ConfigKey.PAGE_SIZE, 1, Integer.MAX_VALUE))) {
      throw values.mistake(
          ConfigKey.PAGE_SIZE,
          "is not a page size of ecourts; expected 10, 25, 50, or 100, 200 and so on to 1000");
    }
    return address;
  }

  @Override
  public Optional<Survey> survey(SurveyContext context) {
    return ListSource.of(EcourtsKey.LIST, context.configuration().values())
        .map(source -> ListSurvey.of(source, context));
  }

  private static boolean isPageSize(int size) {
    return List.of(10, 25, 50).contains(size) || (size % 100 == 0 && size <= 1000);
  }

  @Override
  public String urlWords() {
    return "address of the search page with its path, such as https://host/pdfsearch/";
  }

  @Override
  public Dialect create(Values values, PortalScope scope, Ticker ticker, InstantSource clock) {
    String url = values.required(ConfigKey.PORTAL_URL);
    String address = WebAddress.read(url).orElseThrow().toString();
    URI base = URI.create(address.endsWith("/") ? address : address + "/");
    Optional<HarvestList> list =
        scope.surveyed().map(folder -> HarvestList.in(folder).orElseThrow());
    return new EcourtsDialect(base, EcourtsSettings.read(values), scope, list, ticker, clock);
  }
}
