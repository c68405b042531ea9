package store;

import model.StopSignal;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The scripts' calls of the store in progress. Hooks into the SDK's HTTP client, because nothing
 * else can cancel a call at once, and a store that hangs must not keep a script from stopping.
 */
public final class StoreCalls {
  private final ThreadLocal<Caller> current = new ThreadLocal<>();

  /**
   * From now on, this thread's calls are cancelled some seconds after the stop: {@link
   * StoreException.Kind#ABORTED}.
   */
  public void begin(StopSignal stop) {
    end();
    current.set(new Caller(stop));
  }

  /** This thread's calls belong to no script any more. */
  public void end() {
    Caller caller = current.get();
    if (caller != null) {
      caller.onStop.close();
      current.remove();
    }
  }

  /** Wraps a client so that its calls can be cancelled. */
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
    private final StopSignal.Registration onStop;
    private @Nullable ExecutableHttpRequest call;
    private boolean cutOff;

    Caller(StopSignal stop) {
      onStop = stop.onStop(StopSignal.GRACE, this::cutOff);
    }

    synchronized void calls(ExecutableHttpRequest request) {
      if (cutOff) {
        throw AbortedException.create("the script stops");
      }
      call = request;
    }

    private synchronized void cutOff() {
      cutOff = true;
      if (call != null) {
        call.abort();
      }
    }
  }
}
