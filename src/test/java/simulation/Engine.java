package simulation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.TypeConverter;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.converter.DefaultTypeConverter;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.apache.camel.spi.AsyncProcessorAwaitManager;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spi.ContextServiceLoaderPluginResolver;
import org.apache.camel.spi.ReactiveExecutor;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/** Camel without threads and clocks of its own: whatever waits in it waits in the {@link World}. */
final class Engine {
  /**
   * Camel's own delay of a tenth of a second would dominate the events while a script waits for
   * minutes.
   */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private Engine() {}

  static DefaultCamelContext create(World world, Process process) {
    DefaultCamelContext camel = new Context();
    camel.disableJMX();
    camel.setLoadHealthChecks(false);
    camel.setAutowiredEnabled(false);
    camel.setStreamCaching(false);
    camel
        .getCamelContextExtension()
        .addContextPlugin(AsyncProcessorAwaitManager.class, new Waits(world));
    camel.setShutdownStrategy(new Stops(camel));
    camel.addComponent("scheduler", new Scheduler(world, process));
    camel.build();
    return camel;
  }

  /** Does not look through the class path again for what an earlier one has found. */
  private static final class Context extends DefaultCamelContext {
    Context() {
      super(false);
    }

    @Override
    protected ClassResolver createClassResolver() {
      return new Resources(this);
    }

    @Override
    protected TypeConverter createTypeConverter() {
      return new Converters(this);
    }

    @Override
    protected ContextServiceLoaderPluginResolver createContextServiceLoaderPlugin() {
      return new NoPlugins(this);
    }
  }

  /** There are none to load, and looking for them took a tenth of the start. */
  private static final class NoPlugins extends ServiceSupport
      implements ContextServiceLoaderPluginResolver {
    private CamelContext camel;

    NoPlugins(CamelContext camel) {
      this.camel = camel;
    }

    @Override
    public void setCamelContext(CamelContext context) {
      camel = context;
    }

    @Override
    public CamelContext getCamelContext() {
      return camel;
    }
  }

  private static final class Converters extends DefaultTypeConverter {
    private static final AtomicReference<Collection<String>> LOADERS = new AtomicReference<>();

    Converters(CamelContext camel) {
      super(
          camel,
          PluginHelper.getPackageScanClassResolver(camel),
          camel.getInjector(),
          false,
          false);
    }

    @Override
    protected Collection<String> findTypeConverterLoaderClasses() throws IOException {
      if (LOADERS.get() == null) {
        LOADERS.set(List.copyOf(super.findTypeConverterLoaderClasses()));
      }
      return LOADERS.get();
    }
  }

  /** Remembers what earlier contexts have found on the class path, and what they have not. */
  private static final class Resources extends DefaultClassResolver {
    private static final byte[] MISSING = new byte[0];
    private static final Map<String, byte[]> KNOWN = new ConcurrentHashMap<>();

    Resources(CamelContext camel) {
      super(camel);
    }

    @Override
    public InputStream loadResourceAsStream(String name) {
      byte[] bytes = KNOWN.computeIfAbsent(name, this::read);
      return bytes == MISSING ? null : new ByteArrayInputStream(bytes);
    }

    private byte[] read(String name) {
      try (InputStream in = super.loadResourceAsStream(name)) {
        return in == null ? MISSING : in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Waits for what goes on in other threads. */
  private static final class Waits extends ServiceSupport implements AsyncProcessorAwaitManager {
    private final World world;

    Waits(World world) {
      this.world = world;
    }

    @Override
    public void process(AsyncProcessor processor, Exchange exchange) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      processor.process(exchange, sync -> done.complete(null));
      ReactiveExecutor queue =
          exchange.getContext().getCamelContextExtension().getReactiveExecutor();
      while (!done.isDone() && queue.executeFromQueue()) {
        World.requireAlive();
      }
      world.join(done);
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public Collection<AwaitThread> browse() {
      return List.of();
    }

    @Override
    public void interrupt(String exchangeId) {}

    @Override
    public void interrupt(Exchange exchange) {}

    @Override
    public boolean isInterruptThreadsWhileStopping() {
      return false;
    }

    @Override
    public void setInterruptThreadsWhileStopping(boolean interrupt) {}

    @Override
    public Statistics getStatistics() {
      throw new UnsupportedOperationException();
    }
  }

  /** Stops a route's consumer, and does not wait for its exchange: the orchestrator has. */
  private static final class Stops extends DefaultShutdownStrategy {
    Stops(CamelContext camel) {
      super(camel);
    }

    @Override
    protected boolean doShutdown(
        CamelContext context,
        List<RouteStartupOrder> routes,
        long timeout,
        TimeUnit unit,
        boolean suspendOnly,
        boolean abortAfterTimeout,
        boolean forceShutdown) {
      routes.forEach(order -> ServiceHelper.stopService(order.getInput()));
      return true;
    }
  }

  /** Stands for Camel's scheduler: starts one exchange after another, and pauses when idle. */
  private static final class Scheduler extends DefaultComponent {
    private final World world;
    private final Process process;

    Scheduler(World world, Process process) {
      this.world = world;
      this.process = process;
    }

    @Override
    protected Endpoint createEndpoint(
        String uri, String remaining, Map<String, Object> parameters) {
      parameters.clear();
      return new DefaultEndpoint(uri, this) {
        @Override
        public Producer createProducer() {
          throw new UnsupportedOperationException();
        }

        @Override
        public Consumer createConsumer(Processor processor) {
          return new Clock(this, processor);
        }
      };
    }

    private final class Clock extends DefaultConsumer {
      private int runs;

      Clock(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
      }

      @Override
      protected void doStart() throws Exception {
        super.doStart();
        int run = ++runs;
        world.spawn(process, () -> tick(run));
      }

      @Override
      protected void doStop() throws Exception {
        runs++;
        super.doStop();
      }

      private void tick(int run) {
        while (run == runs) {
          Exchange exchange = createExchange(false);
          try {
            getProcessor().process(exchange);
          } catch (Exception e) {
            exchange.setException(e);
          }
          boolean worked =
              exchange.getProperty(Exchange.SCHEDULER_POLLED_MESSAGES, true, Boolean.class);
          Exception failure = exchange.getException();
          releaseExchange(exchange, false);
          if (failure != null || !worked) {
            world.sleep(IDLE);
          }
        }
      }
    }
  }
}
