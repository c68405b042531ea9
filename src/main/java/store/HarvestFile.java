package store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import config.StoreSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import model.Digests;
import model.ObjectKey;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The object in the bucket that says what is harvested into it: {@code harvest.json}. */
public final class HarvestFile {
  static final String NAME = "harvest.json";

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_IMPLEMENTED = 501;

  private static final JsonMapper JSON = new JsonMapper();

  private final S3Client s3;
  private final StoreSettings settings;

  /**
   * What the object holds.
   *
   * @param values by configuration key, as text
   * @param etag for a conditional write; null if the store names none
   */
  public record Content(Map<String, String> values, @Nullable String etag) {}

  HarvestFile(S3Client s3, StoreSettings settings) {
    this.s3 = s3;
    this.settings = settings;
  }

  /** Its key, as {@code manifests/harvest.json}. */
  public String key() {
    return new ObjectKey(settings.manifestPrefix(), NAME).text();
  }

  /**
   * Reads it.
   *
   * @return empty if there is none
   * @throws BadManifestException if it is not a flat JSON object
   * @throws StoreException if the store does not answer, or refuses
   */
  public Optional<Content> read() throws BadManifestException {
    try {
      ResponseBytes<GetObjectResponse> object =
          s3.getObjectAsBytes(get -> get.bucket(settings.bucket()).key(key()));
      return Optional.of(new Content(values(object.asByteArrayUnsafe()), object.response().eTag()));
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Map<String, String> values(byte[] json) throws BadManifestException {
    JsonNode object;
    try {
      object = JSON.readTree(json);
    } catch (IOException e) {
      throw new BadManifestException(key() + " is not JSON");
    }
    if (!object.isObject() || object.valueStream().anyMatch(JsonNode::isContainerNode)) {
      throw new BadManifestException(key() + " is not a flat object of configuration keys");
    }
    Map<String, String> values = new LinkedHashMap<>();
    object.properties().forEach(value -> values.put(value.getKey(), value.getValue().asText("")));
    return values;
  }

  /**
   * Writes it if there is none.
   *
   * @return false if another instance was faster
   * @throws StoreException if the store does not take it
   */
  public boolean create(Map<String, Object> values) {
    return put(values, request -> request.ifNoneMatch("*"));
  }

  /**
   * Writes it in place of what was read.
   *
   * @return false if it has changed since
   * @throws StoreException if the store does not take it
   */
  public boolean replace(Content read, Map<String, Object> values) {
    return put(
        values,
        request -> {
          if (read.etag() != null) {
            request.ifMatch(read.etag());
          }
        });
  }

  /**
   * A store without conditional writes gets a plain one: the caller reads the file again anyway.
   */
  private boolean put(Map<String, Object> values, Consumer<PutObjectRequest.Builder> condition) {
    byte[] json = json(values);
    try {
      put(json, condition);
    } catch (StoreException e) {
      if (e.status() == PRECONDITION_FAILED || e.status() == CONFLICT) {
        return false;
      }
      if (e.status() != NOT_IMPLEMENTED) {
        throw e;
      }
      put(json, request -> {});
    }
    return true;
  }

  private void put(byte[] json, Consumer<PutObjectRequest.Builder> condition) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(settings.bucket())
            .key(key())
            .contentType("application/json")
            .metadata(Map.of(StoreHeaders.SHA256, Digests.sha256(json)));
    condition.accept(request);
    s3.putObject(request.build(), RequestBody.fromBytes(json));
  }

  private static byte[] json(Map<String, Object> values) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
