package app;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import model.Concurrency;
import model.Ticker;
import platform.Threads;

/** The threads of an instance, besides those of Camel and the scripts. */
final class Pools implements AutoCloseable {
  /**
   * Uploads overlap with downloads, so there are more workers than concurrent requests to the
   * portal.
   */
  private static final int WORKERS_PER_REQUEST = 2;

  /**
   * One for each check that may hang, and one each for the bucket, the machine's figures and the
   * history.
   */
  private static final int HEALTH_THREADS = 6;

  /** The most documents that are ever processed at a time. */
  static final int MOST_WORKERS = Concurrency.MOST * WORKERS_PER_REQUEST;

  private final Concurrency requests;
  private final ScheduledExecutorService watch = Threads.scheduled("watch", 1);
  private final Ticker ticker = Ticker.system(watch);
  private final ScheduledExecutorService health = Threads.scheduled("health", HEALTH_THREADS);
  private final ScheduledExecutorService backup =
      Threads.scheduled("backup", 1, ThreadPriority::behindOthers);
  private final ScheduledThreadPoolExecutor documents;

  /**
   * @param requests how many requests to the portal there may be at a time
   */
  Pools(Concurrency requests) {
    this.requests = requests;
    this.documents =
        Threads.scheduled(
            "document", requests.now() * WORKERS_PER_REQUEST, ThreadPriority::behindOthers);
    requests.follow(number -> documents.setCorePoolSize(number * WORKERS_PER_REQUEST));
  }

  /** How many requests to the portal there may be at a time. */
  Concurrency requests() {
    return requests;
  }

  /** The ticker for waits and rates. */
  Ticker ticker() {
    return ticker;
  }

  /** The threads for checks and measurements, which may hang. */
  ScheduledExecutorService health() {
    return health;
  }

  ScheduledExecutorService backup() {
    return backup;
  }

  /** The threads that fetch the documents of all scripts. */
  ScheduledThreadPoolExecutor documents() {
    return documents;
  }

  @Override
  public void close() {
    documents.shutdownNow();
    watch.shutdownNow();
    health.shutdownNow();
    backup.shutdownNow();
  }
}
