package api.dto;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Which scripts to start. Null values are not sent, so that the server's defaults apply.
 *
 * @param numScripts how many
 * @param delay seconds between two starts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StartRequest(@Nullable Integer numScripts, @Nullable BigDecimal delay) {}
