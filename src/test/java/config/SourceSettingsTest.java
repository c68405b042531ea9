package config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.PortalTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceSettingsTest {
  @Test
  void readsThePublicBucketWithoutASignatureByDefault() {
    SourceSettings source = read(Map.of());
    assertThat(source.bucket()).isEqualTo("indian-high-court-judgments");
    assertThat(source.region()).isEqualTo("ap-south-1");
    assertThat(source.pathStyle()).isFalse();
    assertThat(source.anonymous()).isTrue();
    assertThat(source.readsObjects()).isFalse();
    assertThat(source.wantsCourt("27_1")).isTrue();
    assertThat(source.wantsBench("newas")).isTrue();
    assertThat(source.wantsYear(1950)).isTrue();
  }

  @Test
  void acceptsCourtsInBothSpellingsAndRangesOfYears() {
    SourceSettings source =
        read(
            Map.of(
                "SOURCE_COURTS", "27~1, 9_13",
                "SOURCE_BENCHES", "newas,newos",
                "SOURCE_YEARS", "2019-2021, 2026"));
    assertThat(source.courts()).containsExactly("27_1", "9_13");
    assertThat(source.wantsCourt("3_22")).isFalse();
    assertThat(source.wantsBench("testcase")).isFalse();
    assertThat(source.wantsYear(2019)).isTrue();
    assertThat(source.wantsYear(2021)).isTrue();
    assertThat(source.wantsYear(2022)).isFalse();
    assertThat(source.wantsYear(2026)).isTrue();
  }

  @Test
  void oneSelectionHasOneNormalNotation() {
    for (String years : List.of("2018,2019,2020-2021", "2019-2021, 2018", "2018-2020,2019-2021")) {
      assertThat(SourceKey.YEARS.normal(years)).isEqualTo("2018-2021");
    }
    assertThat(SourceKey.YEARS.normal("2026, 2018-2019,2026,")).isEqualTo("2018-2019,2026");
    assertThat(SourceKey.YEARS.normal("")).isEmpty();
    assertThat(SourceKey.YEARS.normal("2018,anything")).isEqualTo("2018,anything");
    assertThat(SourceKey.COURTS.normal("27~1 ,9_13,27_1")).isEqualTo("27_1,9_13");
    assertThat(SourceKey.BENCHES.normal("newos,newas,newos")).isEqualTo("newas,newos");
    assertThat(SourceKey.BUCKET.normal("b,a")).isEqualTo("b,a");
  }

  @Test
  void anEndpointPutsTheBucketIntoThePath() {
    assertThat(read(Map.of("SOURCE_ENDPOINT", "http://127.0.0.1:9000")).pathStyle()).isTrue();
  }

  @Test
  void neverShowsTheKeysOfItsAccount() {
    SourceSettings source =
        read(
            Map.of(
                "SOURCE_ANONYMOUS", "false",
                "SOURCE_AWS_ACCESS_KEY_ID", "id",
                "SOURCE_AWS_SECRET_ACCESS_KEY", "do-not-show"));
    assertThat(source.credentials().orElseThrow().secretAccessKey()).isEqualTo("do-not-show");
    assertThat(source.toString()).doesNotContain("do-not-show");
  }

  @Test
  void reportsWhatIsWrong() {
    assertMistake("SOURCE_COURTS", "27-1", "source.courts", "27~1,9~13");
    assertMistake("SOURCE_YEARS", "2023-2019", "source.years", "2019-2023,2026");
    assertMistake("SOURCE_BENCHES", "new as", "source.benches", "newas,newos");
    assertMistake("SOURCE_READ", "zip", "source.read", "tar, object");
    assertMistake("SOURCE_ENDPOINT", "nowhere", "source.endpoint", "http or https");
    assertThatThrownBy(
            () -> read(Map.of("SOURCE_ANONYMOUS", "false", "SOURCE_AWS_ACCESS_KEY_ID", "id")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("only one of them is set");
  }

  private static void assertMistake(String name, String value, String key, String expected) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(value)
        .hasMessageContaining(expected);
  }

  private static SourceSettings read(Map<String, String> environment) {
    return SourceSettings.read(
        ConfigurationLoader.in(Path.of("no-such-folder"), environment, PortalTypes.KNOWN.all())
            .load()
            .values());
  }
}
