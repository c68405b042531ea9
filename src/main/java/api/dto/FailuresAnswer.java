package api.dto;

import java.util.List;

/** Rows of a script whose document is not in the bucket. */
public record FailuresAnswer(Integer scriptId, List<Failure> failures, String timestamp)
    implements Success {}
