package config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.PortalTypes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another notation of the same selection is the same harvest. */
class HarvestIdentityTest {
  private static HarvestIdentity identity(String type, String name, String value) {
    Map<String, String> environment = Map.of("PORTAL_TYPE", type, name, value);
    return ConfigurationLoader.in(Path.of("no-such-folder"), environment, PortalTypes.KNOWN.all())
        .load()
        .identity();
  }

  @ParameterizedTest
  @CsvSource({
    "opendata, SOURCE_YEARS, 2018-2019, source.years, '2019,2018'",
    "opendata, SOURCE_COURTS, '27~1, 9~13', source.courts, '9_13,27_1'",
    "opendata, SOURCE_BENCHES, 'newos,newas', source.benches, 'newas, newos,newas'",
    "ecourts, PORTAL_ECOURTS_LANGUAGES, 'PUN,HIN', portal.ecourts.languages, 'HIN , PUN'"
  })
  void isTheSame(String type, String name, String value, String key, String recorded) {
    HarvestIdentity now = identity(type, name, value);
    Map<String, String> before = new HashMap<>(now.values());
    before.put(key, recorded);

    assertThat(now.differs(before, "it holds", false)).isFalse();
    assertThat(now.difference(before)).isEmpty();
  }

  @Test
  void isAnother() {
    HarvestIdentity now = identity("opendata", "SOURCE_YEARS", "2018-2019");
    Map<String, String> before = new HashMap<>(now.values());
    before.put("source.years", "2018");

    assertThatThrownBy(() -> now.differs(before, "it holds", true))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("set source.years=2018,");
  }
}
