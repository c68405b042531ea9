package api.dto;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;

/**
 * Which scripts to start. What is null is left to the server, and not sent.
 *
 * @param numScripts how many
 * @param delay seconds between two starts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StartRequest(Integer numScripts, BigDecimal delay) {}
