package api.dto;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of the rows of an instance whose document is not in the bucket.
 *
 * @param reasons how many rows there are in all parts together, by reason
 * @param total their sum
 * @param next where the next part begins; null if this is the last
 */
public record FailuresPage(
    List<Failure> failures,
    Map<String, Long> reasons,
    Long total,
    @Nullable String next,
    String timestamp)
    implements Success {}
