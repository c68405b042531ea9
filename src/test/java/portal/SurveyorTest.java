package portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import config.ConfigKey;
import config.Configuration;
import config.ConfigurationLoader;
import config.SettingKey;
import config.Survey;
import config.UsageException;
import config.Values;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import model.PageRange;
import model.Script;
import model.Ticker;
import org.junit.jupiter.api.Test;
import store.StoreException;
import store.StoreException.Kind;

class SurveyorTest {
  private final Map<String, String> environment =
      new HashMap<>(Map.of("PORTAL_TYPE", "parts", "HARVEST_SCRIPTS", "2"));

  /** A type whose source says how much there is. */
  private static final class PartsType implements PortalType {
    @Override
    public String name() {
      return "parts";
    }

    @Override
    public List<SettingKey> keys() {
      return List.of();
    }

    @Override
    public Map<ConfigKey, String> defaults() {
      return Map.of(ConfigKey.RATE, "0");
    }

    @Override
    public boolean needsUrl() {
      return false;
    }

    @Override
    public void check(Values values) {}

    @Override
    public Optional<URI> address(Values values) {
      return Optional.empty();
    }

    @Override
    public String urlWords() {
      return "";
    }

    @Override
    public Optional<Survey> survey(SurveyContext context) {
      String url = context.configuration().portal().url().orElse("");
      if (url.equals("away")) {
        throw new StoreException(Kind.REFUSED, 503, "SlowDown", "the store is busy", null);
      }
      if (url.equals("refused")) {
        throw new StoreException(Kind.REFUSED, 403, "AccessDenied", "the store refuses", null);
      }
      return Optional.of(
          new Survey(
              25,
              4,
              new TreeMap<>(Map.of(1, 0L, 4, 21L)),
              Map.of("source.hash", "abc"),
              Path.of("none")));
    }

    @Override
    public Dialect create(Values values, PortalScope scope, Ticker ticker, InstantSource clock) {
      throw new UnsupportedOperationException();
    }
  }

  private ConfigurationLoader loader() {
    return ConfigurationLoader.in(Path.of("none"), environment, List.of(new PartsType()));
  }

  private Configuration survey() {
    return new Surveyor(
            List.of(new PartsType()),
            Path.of("none"),
            settings -> {
              throw new UnsupportedOperationException();
            })
        .toRead(loader().loadToRun(), note -> {});
  }

  @Test
  void totalAndPagesComeFromTheSource() {
    environment.put("HARVEST_TOTAL_RESULTS", "1000");
    environment.put("HARVEST_PAGES", "77");

    Configuration configuration = survey();

    assertThat(configuration.harvest().distribution().totalResults()).isEqualTo(25);
    assertThat(configuration.harvest().distribution().scripts())
        .extracting(Script::range)
        .containsExactly(new PageRange(1, 3), new PageRange(4, 4));
    assertThat(configuration.isSurveyed()).isTrue();
    assertThat(configuration.givesPages()).isFalse();
  }

  @Test
  void allInstancesMustAgreeOnTheSource() {
    assertThat(survey().identity().values())
        .containsEntry("source.hash", "abc")
        .containsEntry("harvest.total-results", "25")
        .containsEntry("harvest.pages", "4");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(
            () ->
                survey()
                    .identity()
                    .differs(
                        Map.of("source.hash", "xyz", "harvest.total-results", "9"), "bucket", true))
        .withMessageContainingAll("source.hash", "abc", "xyz");
  }

  @Test
  void aTypeHasDefaultsOfItsOwnForCommonKeys() {
    assertThat(loader().load().portal().politeness().rate().rate()).isZero();

    environment.put("PORTAL_RATE", "7");
    assertThat(loader().load().portal().politeness().rate().rate()).isEqualTo(7);
  }

  @Test
  void aStoreThatIsDownIsRetriedAndOneThatRefusesIsAMistake() {
    environment.put("PORTAL_URL", "away");
    assertThatExceptionOfType(SourceAwayException.class).isThrownBy(this::survey);

    environment.put("PORTAL_URL", "refused");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::survey)
        .withMessage("the store refuses");
  }
}
