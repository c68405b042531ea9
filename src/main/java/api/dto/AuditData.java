package api.dto;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The last audit of an instance, in short.
 *
 * @param isClean whether it found nothing
 * @param isComplete whether no listed document is lacking
 * @param findings how many findings
 * @param gaps how many listed documents are not in the bucket
 * @param finished when it ended
 */
public record AuditData(
    @JsonProperty("clean") Boolean isClean,
    @JsonProperty("complete") Boolean isComplete,
    Long findings,
    Long gaps,
    String finished) {}
