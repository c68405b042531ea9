package api.dto;

import java.util.List;

/** The answer to {@code GET /api/documents}. */
public record DocumentsAnswer(List<DocumentData> documents, String timestamp) implements Success {}
