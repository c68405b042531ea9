package api;

import api.dto.AuditAnswer;
import api.dto.AuditRequest;
import api.dto.KnownAnswer;
import api.dto.KnownRequest;
import api.dto.Message;
import api.dto.QueuedAnswer;
import api.dto.RepairRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import ledger.Ledger;
import ledger.RepairOrder;
import model.PageRange;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import scripts.Orchestrator;

/** The calls about audits: those of this instance, and what audits elsewhere ask of it. */
public final class AuditApi {
  /** The names of manifests have no more digits. */
  private static final int LAST_PAGE = 999_999_999;

  private final Orchestrator orchestrator;
  private final Ledger ledger;
  private final BackgroundAudits audits;

  public AuditApi(Orchestrator orchestrator, Ledger ledger, BackgroundAudits audits) {
    this.orchestrator = orchestrator;
    this.ledger = ledger;
    this.audits = audits;
  }

  /** {@code POST /api/audit}. */
  public Message start(Exchange exchange) {
    AuditRequest asked = ApiCall.of(exchange).body(AuditRequest.class);
    ControlApi.requireUp(orchestrator);
    if (!audits.start(Boolean.TRUE.equals(asked.checksums()))) {
      throw new ApiException(409, "an audit is running already");
    }
    ControlApi.accepted(exchange);
    return new Message("the audit has started");
  }

  /** {@code GET /api/audit}. */
  public AuditAnswer state() {
    return audits.state();
  }

  /** {@code POST /api/audit/known}. */
  public KnownAnswer known(Exchange exchange) {
    List<String> ids = orNone(ApiCall.of(exchange).body(KnownRequest.class).ids());
    if (ids.stream().anyMatch(Objects::isNull)) {
      throw new ApiException(400, "each of ids must be a text");
    }
    return new KnownAnswer(
        ledger.documents().find(ids).values().stream()
            .map(
                known ->
                    new KnownAnswer.Known(
                        known.id(), known.page(), ledger.pages().isOpen(known.page())))
            .toList());
  }

  /** {@code POST /api/audit/repair}. */
  public QueuedAnswer repair(Exchange exchange) {
    RepairOrder order = order(ApiCall.of(exchange).body(RepairRequest.class));
    ControlApi.requireUp(orchestrator);
    long queued = orchestrator.remedies().repair(order);
    ControlApi.accepted(exchange);
    return new QueuedAnswer(queued);
  }

  private static RepairOrder order(RepairRequest asked) {
    Map<String, List<Integer>> documents = new HashMap<>();
    for (RepairRequest.Document document : orNone(asked.documents())) {
      if (document == null || document.id() == null) {
        throw new ApiException(400, "each of documents must have an id");
      }
      documents.put(document.id(), pages(document.pages()));
    }
    return new RepairOrder(documents, pages(asked.pages()), beyond(asked));
  }

  private static Optional<PageRange> beyond(RepairRequest asked) {
    int last = page("last_page", asked.lastPage(), LAST_PAGE);
    int first = page("first_page", asked.firstPage(), last);
    return last == 0
        ? Optional.empty()
        : Optional.of(new PageRange(first == 0 ? last : first, last));
  }

  private static int page(String field, @Nullable Integer asked, int last) {
    int page = asked == null ? 0 : asked;
    if (page < 0 || page > last) {
      throw new ApiException(400, "%s must be a whole number from 0 to %d".formatted(field, last));
    }
    return page;
  }

  private static List<Integer> pages(@Nullable List<Integer> asked) {
    List<Integer> pages = orNone(asked);
    if (pages.stream().anyMatch(page -> page == null || page < 1 || page > LAST_PAGE)) {
      throw new ApiException(400, "each of pages must be a whole number from 1 to " + LAST_PAGE);
    }
    return pages;
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
