package portal.list;

import config.ConfigKey;
import config.Survey;
import config.UsageException;
import config.Values;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import model.Ticker;
import portal.Dialect;
import portal.PortalScope;
import portal.PortalType;
import portal.SurveyContext;

/** The type {@code list}: documents whose addresses are the records of a list. */
public final class ListType implements PortalType {
  @Override
  public String name() {
    return "list";
  }

  @Override
  public Optional<URI> address(Values values) {
    Optional<ListSource> source = ListSource.of(ConfigKey.PORTAL_URL, values);
    Optional<URI> address = source.flatMap(ListSource::address);
    if (source.isPresent() && address.isEmpty() && values.text(ConfigKey.ALLOWED_HOSTS).isEmpty()) {
      throw new UsageException(
          "portal.allowed-hosts is not set; expected the hosts of the documents, because portal.url is not on one");
    }
    return address;
  }

  @Override
  public String urlWords() {
    return "list of the documents: " + ListSource.WORDS;
  }

  @Override
  public Optional<Survey> survey(SurveyContext context) {
    return ListSource.of(ConfigKey.PORTAL_URL, context.configuration().values())
        .map(source -> ListSurvey.of(source, context));
  }

  @Override
  public Dialect create(Values values, PortalScope scope, Ticker ticker, InstantSource clock) {
    HarvestList list = HarvestList.in(scope.surveyed().orElseThrow()).orElseThrow();
    Optional<URI> address =
        ListSource.of(ConfigKey.PORTAL_URL, values).flatMap(ListSource::address);
    return new ListDialect(list, address, values.list(ConfigKey.DROP_PARAMETERS), scope, clock);
  }
}
