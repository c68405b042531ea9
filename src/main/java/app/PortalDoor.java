package app;

import config.Configuration;
import config.PortalSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import model.Concurrency;
import model.StopSignal;
import model.Ticker;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import pipeline.CamelPortalHttp;
import pipeline.PipelineListener;
import platform.Threads;
import portal.Desk;
import portal.Dialect;
import portal.Permit;
import portal.PortalAccess;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;
import portal.SessionMemory;
import portal.Workplace;
import portal.http.Governor;
import portal.http.Hold;
import routes.PortalRoutes;
import store.Spool;
import store.SpoolFiles;
import store.SpoolRoom;
import store.Store;
import store.StoreCalls;

/**
 * Access to the portal without an instance: for a few requests, through governor and robots.txt.
 */
final class PortalDoor implements PortalAccess {
  private static final int SCRIPT = 1;

  private final ScheduledExecutorService timers = Threads.scheduled("door", 1);
  private final Ticker ticker = Ticker.system(timers);
  private final InstantSource clock;
  private final StopSignal stop = new StopSignal(ticker);
  private final CamelContext camel = new DefaultCamelContext();
  private final SpoolRoom room = new SpoolRoom(Long.MAX_VALUE / 2, ticker); // for a few documents
  private final PortalTransport transport;
  private final PortalHttp http;
  private final AtomicInteger sent = new AtomicInteger();
  private volatile @Nullable Duration ahead;

  /**
   * A door that waits while the portal asks for a pause.
   *
   * @param longest the time after which it closes, even if requests are in progress
   * @param clock compared with the portal's
   */
  PortalDoor(PortalSettings settings, Duration longest, InstantSource clock) throws Exception {
    this(settings, longest, clock, http -> http);
  }

  private PortalDoor(
      PortalSettings settings,
      Duration longest,
      InstantSource clock,
      Function<CamelPortalHttp, PortalHttp> sending)
      throws Exception {
    this.clock = clock;
    this.transport =
        new PortalTransport(
            settings,
            new Governor(
                settings.politeness().rate(),
                new Concurrency(settings.politeness().concurrency()),
                () -> 1,
                ticker,
                clock,
                (script, hold) -> {}),
            ticker,
            clock,
            new SpoolFiles(),
            room,
            new PipelineListener() {});
    camel.setStreamCaching(false); // bodies are read as they come, as in an instance
    camel.addComponent("http", transport.http());
    camel.addRoutes(new PortalRoutes(transport.steps()));
    camel.start();
    PortalHttp door =
        sending.apply(new CamelPortalHttp(camel.createProducerTemplate(), SCRIPT, () -> stop));
    this.http = transport.behindRobots(request -> watched(door, request), SCRIPT, () -> stop);
    ticker.after(longest, stop::fire);
  }

  /** A door for the time that a document may take. It does not wait out the portal's pauses. */
  static PortalDoor open(PortalSettings settings) {
    try {
      return new PortalDoor(
          settings, settings.timeouts().document(), InstantSource.system(), CamelPortalHttp::once);
    } catch (Exception e) {
      throw new IllegalStateException("no way to the portal could be opened", e);
    }
  }

  @Override
  public PortalHttp http() {
    return http;
  }

  private Reply watched(PortalHttp door, Request request) {
    sent.incrementAndGet();
    Reply reply = door.send(request);
    date(reply).ifPresent(date -> ahead = Duration.between(date, clock.instant()));
    return reply;
  }

  private static Optional<Instant> date(Reply reply) {
    try {
      return reply.headers().getOrDefault("date", List.of()).stream()
          .findFirst()
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  Ticker ticker() {
    return ticker;
  }

  Dialect.Session open(Dialect dialect) {
    return transport.largePages().around(dialect.open(http, SessionMemory.NONE, desk()));
  }

  private Desk desk() {
    return new Desk() {
      @Override
      public Permit enter() {
        sent.incrementAndGet();
        return transport.governor().enter(SCRIPT, stop);
      }

      @Override
      public StopSignal stop() {
        return stop;
      }
    };
  }

  /**
   * What an instance would provide to a dialect, in a folder of its own.
   *
   * @param folder exists, and is empty
   */
  Workplace place(Configuration configuration, Path folder) {
    try {
      return new Workplace(
          configuration,
          folder.resolve("opendata"),
          Spool.open(folder.resolve("spool")),
          room,
          Store.open(configuration.store(), 1),
          new StoreCalls());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of requests so far. */
  int sent() {
    return sent.get();
  }

  /** How far this machine's clock is ahead of the portal's; empty if it names no time. */
  Optional<Duration> ahead() {
    return Optional.ofNullable(ahead);
  }

  /** Why the portal holds requests back, and until when; empty if it does not. */
  Optional<String> held() {
    return transport.governor().limits().state().hold().map(Hold::words);
  }

  @Override
  public void close() {
    camel.stop();
    timers.shutdownNow();
  }
}
