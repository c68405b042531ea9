package store;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;

/** Puts an object into the bucket of {@link StoreFixture#settings} like a route does. */
final class CamelUpload {
  private CamelUpload() {}

  /** The exception of the exchange; empty if the upload counts. */
  static Optional<StoreException> of(Store store, Map<String, Object> headers, Object body)
      throws IOException {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.getRegistry().bind("s3", store.camelClient());
      camel.start();
      Exchange exchange =
          camel
              .createProducerTemplate()
              .send(
                  "aws2-s3:judgments-test?amazonS3Client=#s3&fileName=unused",
                  put -> {
                    put.getMessage().setBody(body);
                    headers.forEach(put.getMessage()::setHeader);
                  });
      return Optional.ofNullable(exchange.getException(StoreException.class));
    }
  }
}
