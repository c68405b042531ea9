package api;

import api.client.ApiClient;
import api.dto.Failure;
import api.dto.FailureCsv;
import java.util.Optional;
import java.util.function.Function;

/**
 * A format for all failures in one stream.
 *
 * @param type media type, as callers ask for it
 * @param header what stands before the rows
 * @param line a row, with its end
 */
record FailureFormat(String type, String header, Function<Failure, String> line) {
  private static final FailureFormat CSV =
      new FailureFormat("text/csv", FailureCsv.HEADER, FailureCsv::line);

  private static final FailureFormat JSON_LINES =
      new FailureFormat("application/x-ndjson", "", failure -> ApiClient.json(failure) + "\n");

  /** The header's value: some clients take text without a charset for Latin-1. */
  String contentType() {
    return type.startsWith("text/") ? type + "; charset=utf-8" : type;
  }

  /** The format that the caller wants most; empty for parts as JSON. */
  static Optional<FailureFormat> of(ApiCall call) {
    double json = call.wants("application/json");
    double csv = call.wants(CSV.type);
    double lines = call.wants(JSON_LINES.type);
    if (csv > 0 && csv >= lines && csv >= json) {
      return Optional.of(CSV);
    }
    return lines > 0 && lines >= json ? Optional.of(JSON_LINES) : Optional.empty();
  }
}
