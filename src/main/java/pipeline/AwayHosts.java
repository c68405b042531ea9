package pipeline;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import model.web.WebAddress;
import portal.PortalException;
import portal.Row;

/**
 * The hosts that do not respond while a page is in progress. Their documents are held back while
 * the rest of the page goes on.
 */
final class AwayHosts {
  private final Map<String, PortalException> silences = new TreeMap<>();
  private final Set<String> heldBack = new HashSet<>();

  /** Holds back the documents of this host. */
  void add(WebAddress host, PortalException silence) {
    silences.put(host.authority(), silence);
  }

  /** Holds back one document: it may be listed on another host, and redirected to one of these. */
  void holdBack(Row row) {
    heldBack.add(row.id());
  }

  /** Whether the document is held back. */
  boolean hold(Row row) {
    return heldBack.contains(row.id())
        || !silences.isEmpty() && silences.containsKey(DocumentTask.host(row).authority());
  }

  /** What the page waits for when all of its open documents are held back. */
  PortalException toWaitFor(int page, int documents) {
    PortalException one = silences.values().iterator().next();
    return new PortalException(
        one.reason(),
        "page %d: %d documents wait for %s, which does not answer: %s"
            .formatted(
                page,
                documents,
                silences.keySet().stream().collect(Collectors.joining(" and ")),
                one.getMessage()),
        one);
  }
}
