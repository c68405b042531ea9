package cli;

import audit.Repairs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import ledger.RepairOrder;
import model.Distribution;
import model.PageRange;
import org.jspecify.annotations.Nullable;

/**
 * Collects the repairs that an audit finds necessary, and passes them to the instances in charge.
 */
final class RepairQueue implements Repairs {
  /** The number of findings kept in memory. */
  private static final int MOST = 50_000;

  /** What one instance has to do. */
  private static final class Share {
    private final Map<String, Set<Integer>> documents = new HashMap<>();
    private final Set<Integer> pages = new TreeSet<>();
    private @Nullable PageRange beyond;

    private RepairOrder order() {
      return new RepairOrder(documents, pages, Optional.ofNullable(beyond));
    }
  }

  private final String prefix;
  private final Distribution plan;
  private final RepairTargets targets;
  private final Map<Integer, Share> shares = new TreeMap<>();
  private final List<String> strangers = new ArrayList<>();
  private long unreadablePages;
  private int gathered;

  /**
   * @param prefix of the documents' keys
   */
  RepairQueue(String prefix, Distribution plan, RepairTargets targets) {
    this.prefix = prefix;
    this.plan = plan;
    this.targets = targets;
  }

  @Override
  public void fetchAgain(String key, Collection<Integer> pages) {
    String id = key.substring(prefix.length());
    for (int page : pages) {
      share(page).documents.computeIfAbsent(id, none -> new TreeSet<>()).add(page);
    }
    took();
  }

  @Override
  public void listAgain(int page) {
    share(page).pages.add(page);
    took();
  }

  @Override
  public void walk(PageRange beyond) {
    share(beyond.last()).beyond = beyond;
  }

  private Share share(int page) {
    return shares.computeIfAbsent(plan.scriptOfPage(page).instanceId(), none -> new Share());
  }

  private void took() {
    if (++gathered == MOST) {
      send();
    }
  }

  /** Passes what has been collected to the instances. */
  void send() {
    shares.forEach((instance, share) -> targets.repair(instance, share.order()));
    shares.clear();
    gathered = 0;
  }

  @Override
  public void unreadablePages(long pages) {
    unreadablePages = pages;
  }

  @Override
  public void stranger(String key) {
    if (strangers.size() < MOST) {
      strangers.add(key);
    }
  }

  /** How many pages of all instances lack a readable manifest. */
  long unreadablePages() {
    return unreadablePages;
  }

  /** Objects that neither a manifest nor an instance knows. */
  List<String> strangers() {
    return strangers;
  }
}
