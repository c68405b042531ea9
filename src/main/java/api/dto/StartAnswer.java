package api.dto;

import java.math.BigDecimal;
import java.util.List;

/**
 * The scripts being started.
 *
 * @param numScripts how many were requested
 * @param delay seconds between two starts
 * @param scripts their numbers
 */
public record StartAnswer(
    String message, Integer numScripts, BigDecimal delay, List<Integer> scripts)
    implements Success {}
