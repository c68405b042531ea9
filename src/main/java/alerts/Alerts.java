package alerts;

import alerts.Digest.Figures;
import config.AlertSettings;
import config.HarvestSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import model.ApiFormat;
import model.Ticker;
import org.jspecify.annotations.Nullable;
import platform.Threads;

/**
 * Checks the instance regularly, and reports what a person must know. Runs on its own threads, so
 * that no harvest waits for a mail server.
 */
public final class Alerts implements AutoCloseable {
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
  private static final int LOOKS_BEFORE_TOLD = 5;
  private static final Duration SEND_INTERVAL = Duration.ofMillis(500);

  private final AlertSettings settings;
  private final int instances;
  private final Supplier<Situation> situation;
  private final Clock clock;
  private final ConditionFinder finder;
  private final AlertBook book;
  private final DigestTime digestTime;
  private final AlertFile file;
  private final @Nullable Outbox mail;
  private final @Nullable Outbox webhook;
  private final List<ExecutorService> threads = new ArrayList<>();
  private @Nullable Figures digested;
  private boolean closed;

  /**
   * @param harvest names this instance, and the folder for data that must survive a restart
   * @param channels where alerts go
   * @param situation supplies the present state of the instance
   * @param ticker for durations
   * @param clock for the times in messages, in its zone
   */
  public Alerts(
      AlertSettings settings,
      HarvestSettings harvest,
      Channels channels,
      Supplier<Situation> situation,
      Ticker ticker,
      Clock clock) {
    this.settings = settings;
    this.instances = harvest.distribution().instances();
    this.situation = situation;
    this.clock = clock;
    this.finder = new ConditionFinder(ticker);
    this.book =
        new AlertBook(harvest.instanceId(), settings.after(), settings.repeat(), ticker, clock);
    this.digestTime = new DigestTime(settings.digestAt(), clock.getZone());
    this.file = new AlertFile(harvest.dataDir().resolve("alerts.json"));
    this.mail = outbox(channels.mail(), ticker);
    this.webhook = outbox(channels.webhook(), ticker);
    restore(this.file.read());
  }

  private @Nullable Outbox outbox(@Nullable Channel channel, Ticker ticker) {
    return channel == null ? null : new Outbox(channel, ticker, clock, this::save);
  }

  private void restore(AlertState kept) {
    book.restore(kept.open(), kept.completions());
    digestTime.restore(kept.digestOn());
    digested = kept.digested();
    if (mail != null) {
      mail.add(kept.mail());
    }
    if (webhook != null) {
      webhook.add(kept.webhook());
    }
  }

  /** Starts checking and sending. */
  public void begin() {
    Duration share = settings.after().dividedBy(LOOKS_BEFORE_TOLD);
    Duration interval =
        share.compareTo(SHORTEST_INTERVAL) < 0
            ? SHORTEST_INTERVAL
            : share.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : share;
    repeat("alerts", interval, this::look);
    if (mail != null) {
      repeat("alerts-mail", SEND_INTERVAL, this::sendMails);
    }
    if (webhook != null) {
      repeat("alerts-webhook", SEND_INTERVAL, webhook::send);
    }
  }

  private void repeat(String name, Duration interval, Runnable task) {
    ScheduledExecutorService thread = Threads.scheduled(name, 1);
    threads.add(thread);
    thread.scheduleWithFixedDelay(
        task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Checks once, and queues the resulting alerts. */
  synchronized void look() {
    if (closed) {
      return;
    }
    Situation now = situation.get();
    Instant at = clock.instant();
    List<Condition> conditions = finder.find(now, book.openKeys());
    List<Notice> notices =
        book.look(conditions).stream().map(told -> Outbox.notice(told, at)).toList();
    if (mail != null) {
      mail.add(notices);
    }
    if (webhook != null) {
      webhook.add(notices);
    }
    String before = digestTime.last();
    boolean isDigest = digestTime.isDue(at.atZone(clock.getZone()));
    if (isDigest && mail != null) {
      digest(now, conditions, at, mail);
    }
    if (!notices.isEmpty() || !String.valueOf(before).equals(String.valueOf(digestTime.last()))) {
      save();
    }
  }

  /** Sends the mails that are due. */
  void sendMails() {
    if (mail != null) {
      mail.send();
    }
  }

  private void digest(Situation now, List<Condition> conditions, Instant at, Outbox to) {
    List<String> problems =
        conditions.stream()
            .filter(condition -> book.openKeys().contains(condition.key()))
            .map(Condition::text)
            .toList();
    String text = new Digest(now, digested, problems, instances, at.atZone(clock.getZone())).text();
    to.add(List.of(new Notice(ApiFormat.time(at), null, false, text)));
    digested = Digest.figures(now.status(), ApiFormat.time(at));
  }

  /** Saves what was reported, and what has yet to be sent. */
  private synchronized void save() {
    if (closed) {
      return; // the data folder may be another process's by now
    }
    file.write(
        new AlertState(
            book.open(),
            List.copyOf(book.completions()),
            mail == null ? List.of() : mail.content(),
            webhook == null ? List.of() : webhook.content(),
            digestTime.last(),
            digested));
  }

  /** What is not sent by now is sent at the next start. */
  @Override
  public synchronized void close() {
    closed = true;
    threads.forEach(ExecutorService::shutdownNow);
  }
}
