package alerts;

import alerts.Channel.Delivery;
import alerts.Channel.NotTakenException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import model.ApiFormat;
import model.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The notices that a channel has not sent yet. Retries them for a day. Thread-safe. */
final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(24);

  /** A notice, when it is due, and when it is given up. */
  private static final class Entry {
    private Notice notice;
    private long dueNanos;
    private final long endNanos;

    private Entry(Notice notice, long dueNanos, long endNanos) {
      this.notice = notice;
      this.dueNanos = dueNanos;
      this.endNanos = endNanos;
    }
  }

  private final Channel channel;
  private final Ticker ticker;
  private final InstantSource clock;
  private final Runnable changed;
  private final List<Entry> entries = new ArrayList<>();
  private @Nullable String problem;

  /**
   * @param changed called when something was sent, or was given up
   */
  Outbox(Channel channel, Ticker ticker, InstantSource clock, Runnable changed) {
    this.channel = channel;
    this.ticker = ticker;
    this.clock = clock;
    this.changed = changed;
  }

  /** Queues these notices, which may be those of an earlier process. */
  synchronized void add(Collection<Notice> notices) {
    long now = ticker.nanos();
    long due = now + channel.gather().toNanos();
    for (Notice notice : notices) {
      entries.add(new Entry(notice, due, now + left(notice).toNanos()));
    }
  }

  /**
   * How long a notice may still be tried; negative if no longer. From here on the ticker counts, so
   * that a clock that is set forward, as after a boot with a wrong one, ends nothing.
   */
  private Duration left(Notice notice) {
    Duration age = Duration.between(Instant.parse(notice.queuedAt()), clock.instant());
    if (age.isNegative()) {
      return LONGEST;
    }
    return age.compareTo(LONGEST) > 0 ? Duration.ofNanos(-1) : LONGEST.minus(age);
  }

  /** All notices that have not been sent yet. */
  synchronized List<Notice> content() {
    return entries.stream().map(entry -> entry.notice).toList();
  }

  /** Sends what is due. Takes as long as the server does. */
  void send() {
    giveUp();
    for (List<Notice> together : channel.batches(due())) {
      try {
        Delivery delivery = channel.send(together);
        if (delivery.later().isEmpty()) {
          sent(together);
        } else {
          sentInPart(together, delivery);
        }
      } catch (NotTakenException e) {
        failed(String.valueOf(e.getMessage()));
        delay(e.isRefused() ? together : content());
        if (!e.isRefused()) {
          return;
        }
      }
    }
  }

  /** In a channel that collects notices, all are due as soon as the first is. */
  private synchronized List<Notice> due() {
    long now = ticker.nanos();
    boolean isDue = entries.stream().anyMatch(entry -> entry.dueNanos - now <= 0);
    boolean gathers = !channel.gather().isZero();
    return entries.stream()
        .filter(entry -> isDue && (gathers || entry.dueNanos - now <= 0))
        .map(entry -> entry.notice)
        .toList();
  }

  private synchronized void delay(Collection<Notice> notices) {
    long due = ticker.nanos() + RETRY.toNanos();
    entries.stream()
        .filter(entry -> isOneOf(notices, entry.notice))
        .forEach(entry -> entry.dueNanos = due);
  }

  /** Compares identities, because equal notices are separate ones. */
  private static boolean isOneOf(Collection<Notice> notices, Notice notice) {
    return notices.stream().anyMatch(each -> each == notice);
  }

  private void sent(List<Notice> together) {
    synchronized (this) {
      entries.removeIf(entry -> isOneOf(together, entry.notice));
      if (problem != null) {
        LOG.info("{}: alerts are sent again", channel.name());
        problem = null;
      }
    }
    changed.run();
  }

  /** Recipients that have received it do not get it again. */
  private void sentInPart(List<Notice> together, Delivery delivery) {
    failed(delivery.words());
    synchronized (this) {
      delay(together);
      entries.stream()
          .filter(entry -> isOneOf(together, entry.notice))
          .forEach(entry -> entry.notice = entry.notice.onlyTo(delivery.later()));
    }
    changed.run();
  }

  private synchronized void failed(String words) {
    if (!words.equals(problem)) {
      problem = words;
      LOG.warn(
          "{}: an alert could not be sent, and is tried again every {} s: {}",
          channel.name(),
          RETRY.toSeconds(),
          problem);
    }
  }

  private void giveUp() {
    List<Entry> old;
    synchronized (this) {
      long now = ticker.nanos();
      old = entries.stream().filter(entry -> entry.endNanos - now < 0).collect(Collectors.toList());
      entries.removeAll(old);
    }
    if (!old.isEmpty()) {
      LOG.warn(
          "{}: {} alerts could not be sent for {} h, and are given up",
          channel.name(),
          old.size(),
          LONGEST.toHours());
      changed.run();
    }
  }

  /** A notice of an alert, queued now. */
  static Notice notice(AlertBook.Told told, Instant now) {
    return new Notice(ApiFormat.time(now), told.alert(), told.repeated(), null);
  }
}
