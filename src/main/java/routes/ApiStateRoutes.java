package routes;

import api.DocumentsApi;
import api.FailuresApi;
import api.HistoryApi;
import api.OpenApi;
import api.StatusApi;

/** The calls that report the state of this instance and its data. */
public final class ApiStateRoutes extends ApiRoutes {
  private final StatusApi status;
  private final FailuresApi failures;
  private final DocumentsApi documents;
  private final HistoryApi history;
  private final OpenApi openApi;

  public ApiStateRoutes(
      StatusApi status,
      FailuresApi failures,
      DocumentsApi documents,
      HistoryApi history,
      OpenApi openApi) {
    this.status = status;
    this.failures = failures;
    this.documents = documents;
    this.history = history;
    this.openApi = openApi;
  }

  @Override
  void calls() {
    get("/status", "status", status, "status");
    get("/scripts/{id}/status", "script", status, "script");
    get("/scripts/{id}/logs", "logs", status, "logs");
    get("/scripts/{id}/failures", "script-failures", failures, "ofScript");
    getOrStream("/failures", "failures", failures, "all");
    get("/documents", "documents", documents, "find");
    get("/instance/info", "info", status, "info");
    get("/health", "health", status, "health");
    get("/history", "history", history, "history");
    get("/openapi.json", "openapi", openApi, "description");
  }
}
