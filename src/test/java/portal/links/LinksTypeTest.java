package portal.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import config.Configuration;
import config.ConfigurationLoader;
import config.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinksTypeTest {
  private static ConfigurationLoader loader(Map<String, String> environment) {
    return ConfigurationLoader.in(Path.of("no-such-folder"), environment, List.of(new LinksType()));
  }

  @Test
  void byDefaultEveryLinkToAPdfCountsAndNoTotalIsExpected() {
    Configuration configuration = loader(Map.of()).load();

    assertThat(LinksSettings.read(configuration.values()))
        .isEqualTo(new LinksSettings(Optional.empty(), Optional.empty(), List.of()));
  }

  @Test
  void aRunNeedsTheAddressOfAListingPage() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> loader(Map.of()).loadToRun())
        .withMessage(
            "portal.url is not set; expected the address of a listing page with {page}, {page0} or {offset}"
                + " in it, such as https://host/list?page={page}");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> loader(Map.of("PORTAL_URL", "http://a/list")).load())
        .withMessage(
            "portal.url: \"http://a/list\" (from PORTAL_URL) is not the http or https address of a"
                + " listing page with {page}, {page0} or {offset} in it, such as https://host/list?page={page}");
  }
}
