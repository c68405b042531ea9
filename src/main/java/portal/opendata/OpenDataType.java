package portal.opendata;

import config.ConfigKey;
import config.Configuration;
import config.SettingKey;
import config.SourceKey;
import config.SourceSettings;
import config.Survey;
import config.Values;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import model.Concurrency;
import model.Ticker;
import portal.Desk;
import portal.Dialect;
import portal.PortalScope;
import portal.PortalType;
import portal.SurveyContext;
import portal.Workplace;
import portal.opendata.plan.PlanGrowth;
import portal.opendata.plan.PlanSurvey;
import portal.opendata.plan.SourcePlan;
import store.SourceBucket;

/** The type {@code opendata}: the public bucket with the judgments of the High Courts. */
public final class OpenDataType implements PortalType {
  @Override
  public String name() {
    return "opendata";
  }

  /** None of its own: the {@code source.*} keys are known for every type. */
  @Override
  public List<? extends SettingKey> keys() {
    return List.of();
  }

  @Override
  public List<? extends SettingKey> filters() {
    return SourceKey.FILTERS;
  }

  /** The source asks for no limits. */
  @Override
  public Map<ConfigKey, String> defaults() {
    return Map.of(ConfigKey.RATE, "0", ConfigKey.CONCURRENCY, "16");
  }

  @Override
  public boolean needsUrl() {
    return false;
  }

  @Override
  public void check(Values values) {
    SourceSettings.read(values);
  }

  /** No request goes to the portal: its address only appears in the rows. */
  @Override
  public Optional<URI> address(Values values) {
    base(values);
    return Optional.empty();
  }

  private URI base(Values values) {
    String url = values.text(ConfigKey.PORTAL_URL).orElse(OpenDataDialect.PORTAL);
    String address =
        values
            .webAddress(ConfigKey.PORTAL_URL, url, "portal.headers")
            .filter(uri -> uri.getRawQuery() == null && !url.contains("#"))
            .orElseThrow(
                () ->
                    values.mistake(ConfigKey.PORTAL_URL, "is not the http or https " + urlWords()))
            .toString();
    return URI.create(address.endsWith("/") ? address : address + "/");
  }

  @Override
  public String urlWords() {
    return "address of the portal's search page, such as " + OpenDataDialect.PORTAL;
  }

  @Override
  public Optional<Survey> survey(SurveyContext context) {
    return Optional.of(new PlanSurvey(context).survey());
  }

  @Override
  public Dialect create(Values values, PortalScope scope, Ticker ticker, InstantSource clock) {
    throw new IllegalStateException("needs a place to work");
  }

  @Override
  public Dialect create(
      Values values, PortalScope scope, Ticker ticker, InstantSource clock, Workplace place) {
    Configuration configuration = place.configuration();
    SourceSettings source = SourceSettings.read(values);
    int scripts =
        configuration
            .harvest()
            .distribution()
            .scriptsOf(configuration.harvest().instanceId())
            .size();
    SourceBucket bucket =
        SourceBucket.open(
            source,
            configuration.portal().authorities(),
            scripts + Concurrency.MOST, // each keeps a tar open
            place.calls(),
            clock);
    PlanSlices slices = new PlanSlices(scope.surveyed().orElseThrow(), bucket);
    Path plan = scope.surveyed().orElseThrow().resolve(SourcePlan.FILE);
    ToIntFunction<Desk> growth =
        desk -> {
          SourceBucket read = bucket.through(new SourceGate(desk));
          SourcePlan grown = new PlanGrowth(read, source, place.target().planFile(), plan).grow();
          slices.growTo(grown);
          return grown.allPages();
        };
    return new OpenDataDialect(bucket, slices, growth, source, base(values), scope, place);
  }
}
