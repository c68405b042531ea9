package store;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signature version 4 that honours "do not sign the body". The SDK's own signer does so only over
 * HTTPS; over plain HTTP it reads the whole file once more to hash it, although our uploads carry
 * their SHA-256 as a signed header.
 */
final class BodyUnsignedScheme implements AwsV4AuthScheme, AwsV4HttpSigner {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  @Override
  public String schemeId() {
    return AwsV4AuthScheme.SCHEME_ID;
  }

  @Override
  public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
    return providers.identityProvider(AwsCredentialsIdentity.class);
  }

  @Override
  public AwsV4HttpSigner signer() {
    return this;
  }

  @Override
  public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> call) {
    boolean signsBody = call.property(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED) != Boolean.FALSE;
    return signsBody || call.request().protocol().equals("https")
        ? signer.sign(call)
        : signAsIfEncrypted(call);
  }

  /** Signs as if over HTTPS: neither the protocol nor a default port is part of the signature. */
  private <T extends AwsCredentialsIdentity> SignedRequest signAsIfEncrypted(SignRequest<T> call) {
    SdkHttpRequest plain = call.request();
    int port = plain.port() == HTTP ? HTTPS : plain.port();
    SignedRequest signed =
        signer.sign(
            call.copy(copy -> copy.request(plain.copy(http -> http.protocol("https").port(port)))));
    return signed.copy(
        copy ->
            copy.request(signed.request().copy(http -> http.protocol("http").port(plain.port()))));
  }

  @Override
  public CompletableFuture<AsyncSignedRequest> signAsync(
      AsyncSignRequest<? extends AwsCredentialsIdentity> call) {
    return signer.signAsync(call);
  }
}
