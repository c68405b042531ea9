package store;

import config.SourceSettings;
import config.SourceSettings.SourceCredentials;
import config.StoreSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import platform.CertificateAuthorities;
import platform.Threads;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeParams;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;

/** Creates and configures the SDK's client. */
final class S3Clients {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** Enough for 200 MiB; anything slower counts as dead. */
  private static final Duration ATTEMPT = Duration.ofMinutes(30);

  private static final int TRIES = 3;

  private static final S3AuthSchemeProvider SCHEMES = S3AuthSchemeProvider.defaultProvider();

  /**
   * Schedules the timeouts of attempts. The SDK's own executor keeps cancelled tasks until they are
   * due, which takes {@link #ATTEMPT}: hundreds of thousands of them at full speed.
   */
  static final ScheduledThreadPoolExecutor TIMEOUTS = Threads.scheduled("store-timeouts", 1);

  private S3Clients() {}

  /**
   * A client for the store. It sends bodies without chunked signatures, so that simple
   * S3-compatible stores accept them, and with a checksum for the store to check.
   *
   * @param connections maximum number of concurrent requests
   */
  static S3Client create(StoreSettings settings, int connections) {
    return create(settings, http(settings, connections));
  }

  /** A client whose calls end when their script stops. */
  static S3Client create(StoreSettings settings, int connections, StoreCalls calls) {
    return create(settings, calls.around(http(settings, connections)));
  }

  private static SdkHttpClient.Builder<?> http(StoreSettings settings, int connections) {
    return http(settings.authorities(), connections);
  }

  private static SdkHttpClient.Builder<?> http(
      Optional<CertificateAuthorities> authorities, int connections) {
    ApacheHttpClient.Builder client =
        ApacheHttpClient.builder()
            .maxConnections(connections)
            .connectionTimeout(CONNECT)
            .socketTimeout(SILENCE)
            .dnsResolver(S3Clients::resolve)
            .expectContinueEnabled(false);
    authorities.ifPresent(trusted -> client.tlsTrustManagersProvider(trusted::trustManagers));
    return client;
  }

  /** Names below {@code localhost}, as of a bucket there, are this machine (RFC 6761). */
  private static InetAddress[] resolve(String host) throws UnknownHostException {
    return InetAddress.getAllByName(host.endsWith(".localhost") ? "localhost" : host);
  }

  /**
   * A client that only reads, from the bucket with the open data.
   *
   * @param authorities certificate authorities beside those of the JDK; empty for none
   */
  static S3Client reading(
      SourceSettings settings,
      Optional<CertificateAuthorities> authorities,
      int connections,
      StoreCalls calls) {
    S3ClientBuilder builder =
        base(
            settings.region(),
            settings.pathStyle(),
            settings.endpoint(),
            calls.around(http(authorities, connections)),
            client -> {});
    if (settings.anonymous()) {
      builder.credentialsProvider(AnonymousCredentialsProvider.create());
    }
    settings.credentials().ifPresent(own -> builder.credentialsProvider(provider(own)));
    return builder.build();
  }

  private static AwsCredentialsProvider provider(SourceCredentials own) {
    return StaticCredentialsProvider.create(
        own.sessionToken() == null
            ? AwsBasicCredentials.create(own.accessKeyId(), own.secretAccessKey())
            : AwsSessionCredentials.create(
                own.accessKeyId(), own.secretAccessKey(), own.sessionToken()));
  }

  private static S3Client create(StoreSettings settings, SdkHttpClient.Builder<?> http) {
    return base(
            settings.region(),
            settings.pathStyle(),
            settings.endpoint(),
            http,
            client ->
                client
                    .addExecutionInterceptor(new UploadHeaders(settings))
                    .addExecutionInterceptor(new NoExpect())
                    .addExecutionInterceptor(new Acknowledgement()))
        .authSchemeProvider(S3Clients::withoutBodySignature)
        .putAuthScheme(new BodyUnsignedScheme())
        .build();
  }

  private static S3ClientBuilder base(
      String region,
      boolean pathStyle,
      @Nullable URI endpoint,
      SdkHttpClient.Builder<?> http,
      Consumer<ClientOverrideConfiguration.Builder> more) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(region))
            .forcePathStyle(pathStyle)
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(http)
            .overrideConfiguration(
                client -> {
                  client
                      .apiCallAttemptTimeout(ATTEMPT)
                      .scheduledExecutorService(TIMEOUTS)
                      .retryStrategy(
                          AwsRetryStrategy.standardRetryStrategy().toBuilder()
                              .maxAttempts(TRIES)
                              .build());
                  more.accept(client);
                  client.addExecutionInterceptor(new GenuineReads());
                });
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder;
  }

  /**
   * By default, every upload carries its SHA-256 as a checksum (see {@link UploadHeaders}), which
   * is covered by the signature. Hashing the body again for the signature would be wasted work, and
   * makes some stores hold the whole body in memory.
   */
  private static List<AuthSchemeOption> withoutBodySignature(S3AuthSchemeParams call) {
    List<AuthSchemeOption> options = SCHEMES.resolveAuthScheme(call);
    if (!call.operation().equals("PutObject")) {
      return options;
    }
    return options.stream()
        .map(
            option ->
                option.toBuilder()
                    .putSignerProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                    .build())
        .toList();
  }

  /**
   * Removes the header Expect, which the SDK adds to every upload whatever the HTTP client's
   * setting. Documents are small, and it costs a round trip each.
   */
  private static final class NoExpect implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes executionAttributes) {
      return context.httpRequest().toBuilder().removeHeader("Expect").build();
    }
  }
}
