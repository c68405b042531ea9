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

/**
 * The {@code AWS_*} names of {@code .env} as what the AWS SDK reads beside the environment: system
 * properties.
 */
public final class CredentialsChain {
  /** Together one credential: never mixed from two sources. */
  private static final Set<SystemSetting> CREDENTIAL =
      Set.of(
          SdkSystemSetting.AWS_ACCESS_KEY_ID,
          SdkSystemSetting.AWS_SECRET_ACCESS_KEY,
          SdkSystemSetting.AWS_SESSION_TOKEN);

  private CredentialsChain() {}

  /**
   * Hands the {@code AWS_*} names of {@code .env} to the SDK. What the environment, or a system
   * property, already says stays. To be called before the first {@link Store} is opened.
   *
   * @param dotEnv names and values of {@code .env}
   * @param environment the real environment, which wins over {@code .env}
   */
  public static void feed(Map<String, String> dotEnv, Map<String, String> environment) {
    systemProperties(dotEnv, environment, System.getProperties()).forEach(System::setProperty);
  }

  /**
   * The system properties that stand for these names.
   *
   * @param dotEnv names and values of {@code .env}; those that the SDK does not know, and empty
   *     values, are left out
   * @param environment the real environment, which wins over {@code .env}
   * @param present the system properties that are there already, which win over both
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
                setting -> dotEnv.get(setting.environmentVariable()).strip()));
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
