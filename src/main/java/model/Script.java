package model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One numbered share of the work.
 *
 * @param id from 1
 * @param instanceId the instance that runs it, from 1
 * @param range its pages; null if it has none, because there are more scripts than pages
 */
public record Script(int id, int instanceId, @Nullable PageRange range) {

  /** The script's pages; empty if it has none. */
  public Optional<PageRange> pages() {
    return Optional.ofNullable(range);
  }

  /** The name of its route, timer and log file: {@code script-05}. */
  public String name() {
    return name(id);
  }

  static String name(int id) {
    return (id < 10 ? "script-0" : "script-") + id; // asked for with every document
  }
}
