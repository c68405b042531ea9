package store;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The calls of the store that scripts have under way. Sits in the SDK's HTTP client, since nothing
 * else ends a call at once: a store that hangs must not keep a script from stopping.
 */
public final class StoreCalls {
  /** How long a stopping script lets a call go on before it is cut off. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final ThreadLocal<Caller> current = new ThreadLocal<>();
  private final Set<Caller> callers = ConcurrentHashMap.newKeySet();

  /**
   * @param watch where the looks at the callers are scheduled
   */
  public StoreCalls(ScheduledExecutorService watch) {
    watch.scheduleWithFixedDelay(
        () -> callers.forEach(caller -> caller.look(System.nanoTime())),
        LOOK_EVERY.toMillis(),
        LOOK_EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /**
   * What this thread asks of the store from now on is cut off, some seconds after it is no longer
   * wanted: {@link StoreException.Kind#ABORTED}.
   */
  public void begin(BooleanSupplier cancelled) {
    end();
    Caller caller = new Caller(cancelled);
    callers.add(caller);
    current.set(caller);
  }

  /** This thread's calls are nobody's any more. */
  public void end() {
    Caller caller = current.get();
    if (caller != null) {
      callers.remove(caller);
      current.remove();
    }
  }

  /** The client with an end to its calls. */
  SdkHttpClient.Builder<?> around(SdkHttpClient.Builder<?> client) {
    return new WatchedBuilder(client);
  }

  private final class WatchedBuilder implements SdkHttpClient.Builder<WatchedBuilder> {
    private final SdkHttpClient.Builder<?> client;

    WatchedBuilder(SdkHttpClient.Builder<?> client) {
      this.client = client;
    }

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new WatchedClient(client.buildWithDefaults(defaults));
    }
  }

  private final class WatchedClient implements SdkHttpClient {
    private final SdkHttpClient client;

    WatchedClient(SdkHttpClient client) {
      this.client = client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      ExecutableHttpRequest call = client.prepareRequest(request);
      Caller caller = current.get();
      if (caller != null) {
        caller.calls(call);
      }
      return call;
    }

    @Override
    public String clientName() {
      return client.clientName();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static final class Caller {
    private final BooleanSupplier cancelled;
    private ExecutableHttpRequest call;
    private long cancelledNanos;
    private boolean cutOff;

    Caller(BooleanSupplier cancelled) {
      this.cancelled = cancelled;
    }

    synchronized void calls(ExecutableHttpRequest request) {
      if (cutOff) {
        throw AbortedException.create("the script stops");
      }
      call = request;
    }

    synchronized void look(long now) {
      if (cutOff || !cancelled.getAsBoolean()) {
        return;
      }
      cancelledNanos = cancelledNanos == 0 ? now : cancelledNanos;
      if (now - cancelledNanos > GRACE.toNanos()) {
        cutOff = true;
        if (call != null) {
          call.abort();
        }
      }
    }
  }
}
