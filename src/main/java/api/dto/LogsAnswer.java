package api.dto;

import java.util.List;

/** The last lines of a script's log, oldest first. */
public record LogsAnswer(Integer scriptId, List<String> logs, String timestamp)
    implements Success {}
