package portal.ecourts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import config.Configuration;
import config.ConfigurationLoader;
import config.UsageException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcourtsTypeTest {
  private final Map<String, String> environment = new HashMap<>();

  private ConfigurationLoader loader() {
    environment.put("PORTAL_TYPE", "ecourts");
    return ConfigurationLoader.in(
        Path.of("no-such-folder"), environment, List.of(new EcourtsType()));
  }

  @Test
  void aRunNeedsTheAddressOfTheSearchPage() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> loader().loadToRun())
        .withMessage(
            "portal.url is not set; expected the address of the search page with its path, such as"
                + " https://host/pdfsearch/");

    environment.put("PORTAL_URL", "https://Portal.example/pdfsearch/");
    Configuration configuration = loader().loadToRun();
    assertThat(configuration.portal().url()).hasValue("https://Portal.example/pdfsearch/");
    assertThat(configuration.portal().allowedHosts()).containsExactly("portal.example");
  }

  @Test
  void anAddressWithAQueryIsRefused() {
    environment.put("PORTAL_URL", "https://portal.example/pdfsearch/?p={page}");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> loader().load())
        .withMessageContainingAll("portal.url", "PORTAL_URL", "https://host/pdfsearch/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "25", "50", "100", "200", "1000"})
  void itsPagesHaveThePortalsPageSizes(String size) {
    environment.put("HARVEST_PAGE_SIZE", size);

    assertThat(loader().load().harvest().distribution().pageSize())
        .isEqualTo(Integer.parseInt(size));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "150", "1100"})
  void otherPageSizesAreAMistake(String size) {
    environment.put("HARVEST_PAGE_SIZE", size);

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> loader().load())
        .withMessageContainingAll("harvest.page-size", size, "10, 25, 50");
  }

  @Test
  void itsOwnKeysAreRead() {
    environment.put("PORTAL_ECOURTS_LANGUAGES", "PUN, HIN");
    environment.put("PORTAL_ECOURTS_STATE_CODE", "27~1");
    environment.put("PORTAL_ECOURTS_FROM_DATE", "2024-01-31");
    environment.put("PORTAL_ECOURTS_FCOURT_TYPE", "3");

    EcourtsSettings settings = EcourtsSettings.read(loader().load().values());

    assertThat(settings.languages()).containsExactly("PUN", "HIN");
    assertThat(settings.stateCode()).hasValue("27~1");
    assertThat(settings.from()).hasValue(LocalDate.of(2024, 1, 31));
    assertThat(settings.to()).isEmpty();
    assertThat(settings.fcourtType()).isEqualTo("3");
  }

  @Test
  void withoutItsKeysEverythingIsListed() {
    assertThat(EcourtsSettings.read(loader().load().values()))
        .isEqualTo(EcourtsSettings.EVERYTHING);
  }

  @Test
  void datesMustBeInOrder() {
    environment.put("PORTAL_ECOURTS_FROM_DATE", "2024-02-01");
    environment.put("PORTAL_ECOURTS_TO_DATE", "2024-01-31");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> loader().load())
        .withMessageContaining("before portal.ecourts.from-date");
  }
}
