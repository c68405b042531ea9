package store;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.utils.SystemSetting;

/** Passes the {@code AWS_*} names of {@code .env} to the AWS SDK, as system properties. */
public final class CredentialsChain {
  /** These make up one credential, and are never mixed from two sources. */
  private static final Set<SystemSetting> CREDENTIAL =
      Set.of(
          SdkSystemSetting.AWS_ACCESS_KEY_ID,
          SdkSystemSetting.AWS_SECRET_ACCESS_KEY,
          SdkSystemSetting.AWS_SESSION_TOKEN);

  private CredentialsChain() {}

  /**
   * Sets system properties for the {@code AWS_*} names of {@code .env}, unless the environment or a
   * system property already defines them. Must be called before the first {@link Store} is opened.
   *
   * @param dotEnv names and values of {@code .env}
   * @param environment the real environment, which takes precedence over {@code .env}
   */
  public static void feed(Map<String, String> dotEnv, Map<String, String> environment) {
    systemProperties(dotEnv, environment, System.getProperties()).forEach(System::setProperty);
  }

  /**
   * The system properties for these names.
   *
   * @param dotEnv names and values of {@code .env}; names unknown to the SDK, and empty values, are
   *     ignored
   * @param environment the real environment, which takes precedence over {@code .env}
   * @param present the existing system properties, which take precedence over both
   */
  static Map<String, String> systemProperties(
      Map<String, String> dotEnv, Map<String, String> environment, Properties present) {
    Predicate<SystemSetting> taken =
        setting ->
            isSet(environment, setting.environmentVariable())
                || present.getProperty(setting.property()) != null;
    boolean ownCredential = CREDENTIAL.stream().anyMatch(taken);
    return known()
        .filter(setting -> isSet(dotEnv, setting.environmentVariable()))
        .filter(taken.negate())
        .filter(setting -> !(ownCredential && CREDENTIAL.contains(setting)))
        .collect(
            Collectors.toMap(
                SystemSetting::property,
                setting -> dotEnv.getOrDefault(setting.environmentVariable(), "").strip()));
  }

  private static Stream<SystemSetting> known() {
    return Stream.<List<? extends SystemSetting>>of(
            Arrays.asList(SdkSystemSetting.values()),
            Arrays.asList(ProfileFileSystemSetting.values()))
        .flatMap(List::stream)
        .map(SystemSetting.class::cast)
        .filter(setting -> setting.property() != null)
        .filter(setting -> setting.environmentVariable() != null)
        .filter(setting -> setting.environmentVariable().startsWith("AWS_"));
  }

  private static boolean isSet(Map<String, String> names, String name) {
    return !names.getOrDefault(name, "").isBlank();
  }
}
