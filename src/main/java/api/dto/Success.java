package api.dto;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** The response to a successful call, with a field {@code status} that says so. */
@JsonPropertyOrder("status")
public interface Success {
  /** The value of {@code status}. */
  String SUCCESS = "success";

  /** Always {@value #SUCCESS}. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  default String status() {
    return SUCCESS;
  }
}
