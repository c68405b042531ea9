package store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class UserMetadataTest {
  private static final String SHA256 = "ab".repeat(32);

  @Test
  void aDocumentCarriesItsHashAndWhatThePortalSaysAboutIt() {
    assertThat(
            UserMetadata.of(
                SHA256,
                Map.of(
                    "title", "A v. B",
                    "cnr", "DLHC010262202017",
                    "court", "Cour d'été 100%",
                    "judge", "J",
                    "decision_date", "2017-06-29")))
        .containsOnly(
            Map.entry("sha256", SHA256),
            Map.entry("cnr", "DLHC010262202017"),
            Map.entry("court", "Cour%20d%27%C3%A9t%C3%A9%20100%25"),
            Map.entry("decision-date", "2017-06-29"));
  }

  @Test
  void whatThePortalDoesNotSayIsAbsent() {
    assertThat(UserMetadata.of(SHA256, Map.of("cnr", "")))
        .containsOnly(Map.entry("sha256", SHA256));
  }

  @Test
  void aStoreMayCapitaliseTheNames() {
    assertThat(UserMetadata.read(Map.of("Sha256", SHA256, "Decision-Date", "2017-06-29")))
        .containsOnly(Map.entry("sha256", SHA256), Map.entry("decision-date", "2017-06-29"));
  }

  @Property
  void everyValueIsAHeaderThatCanBeReadAgainAndIsCutAfterAWholeCharacter(
      @ForAll @StringLength(max = 400) String text) {
    Map<String, String> metadata =
        UserMetadata.of(SHA256, Map.of("cnr", text, "court", text, "decision_date", text));

    String value = metadata.getOrDefault("court", "");
    String readable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(value).matches("[A-Za-z0-9._~%-]{0,256}");
    assertThat(readable).startsWith(URLDecoder.decode(value, StandardCharsets.UTF_8));
    assertThat(value.length() > 256 - 12 || decodes(value, readable)).isTrue();
    assertThat(
            metadata.entrySet().stream().mapToInt(e -> (e.getKey() + e.getValue()).length()).sum())
        .isLessThan(2048);
  }

  private static boolean decodes(String value, String text) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8).equals(text);
  }
}
