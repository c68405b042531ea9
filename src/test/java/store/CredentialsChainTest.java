package store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class CredentialsChainTest {
  @Test
  void awsNamesOfDotEnvBecomeTheSdksSystemProperties() {
    Map<String, String> dotEnv =
        Map.of(
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_PROFILE", "court",
            "AWS_SHARED_CREDENTIALS_FILE", "/etc/aws",
            "AWS_REGION", "",
            "AWS_OTHER", "x");

    assertThat(CredentialsChain.systemProperties(dotEnv, Map.of(), new Properties()))
        .containsOnly(
            Map.entry("aws.accessKeyId", "id"),
            Map.entry("aws.secretAccessKey", "secret"),
            Map.entry("aws.profile", "court"),
            Map.entry("aws.sharedCredentialsFile", "/etc/aws"));
  }

  @Test
  void aCredentialIsNeverCombinedFromTwoSources() {
    Map<String, String> dotEnv =
        Map.of(
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_SESSION_TOKEN", "token",
            "AWS_PROFILE", "court");
    Map<String, String> real = Map.of("AWS_ACCESS_KEY_ID", "other", "AWS_SECRET_ACCESS_KEY", "o");
    Properties given = new Properties();
    given.setProperty("aws.accessKeyId", "other");

    assertThat(CredentialsChain.systemProperties(dotEnv, real, new Properties()))
        .containsOnlyKeys("aws.profile");
    assertThat(CredentialsChain.systemProperties(dotEnv, Map.of(), given))
        .containsOnlyKeys("aws.profile");
  }
}
