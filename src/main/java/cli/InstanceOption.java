package cli;

import api.client.ApiClient;
import config.ApiSection;
import config.ApiSettings;
import config.UsageException;
import config.Values;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Selects the instance that a command talks to. */
final class InstanceOption {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Address of the instance, such as http://10.0.0.2:5000; by default api.host and api.port of"
              + " the configuration. The key is its api.key, or its api.read-key, which reads only.")
  private @Nullable String url;

  /**
   * The instance, with the key of the configuration.
   *
   * @throws UsageException if its address is unknown
   */
  ApiClient client(Invocation invocation) {
    ApiSettings api = invocation.configuration().load().api();
    if (url != null) {
      return ApiClient.at(given(url), api.callersKey(), api.trusted());
    }
    if (api.port() == 0) {
      throw new UsageException(
          "api.port: 0 is a free port that the instance chooses; expected --url with its address");
    }
    return ApiClient.of(api);
  }

  private static URI given(String url) {
    return Values.httpAddress(url.strip().replaceFirst("/+$", ""))
        .filter(ApiSection::isBare)
        .orElseThrow(
            () ->
                new UsageException(
                    "--url: \"%s\" is not the address of an instance; expected one such as http://127.0.0.1:5000"
                        .formatted(url)));
  }
}
