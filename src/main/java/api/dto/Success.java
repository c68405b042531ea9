package api.dto;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** An answer to a call that was answered as asked: its field {@code status} says so. */
@JsonPropertyOrder("status")
public interface Success {
  /** What {@code status} says. */
  String SUCCESS = "success";

  /** Always {@value #SUCCESS}. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  default String status() {
    return SUCCESS;
  }
}
