package simulation;

import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.exception.SdkClientException;
import store.SimulatedStore;
import store.SimulatedStore.Kept;

/** The bucket, which outlives every process. */
final class Bucket {
  static final String DOCUMENTS = "judgments/";
  static final String MANIFESTS = "manifests/";
  private static final Duration LATEST = Duration.ofSeconds(20);

  private final World world;
  private final Random chance;
  private final Checks checks;
  private final Trace trace;
  private final boolean listsLate;
  private final int latency; // at most, in milliseconds
  private final Map<String, Kept> objects = new HashMap<>();
  private final Set<String> lost = new HashSet<>();
  private Faults faults = Faults.NONE;
  private int calls;

  /**
   * @param listsLate whether its list names an object only some time after it was put
   */
  Bucket(World world, long seed, boolean listsLate, Checks checks, Trace trace) {
    this.world = world;
    this.chance = new Random(seed);
    this.listsLate = listsLate;
    this.latency = chance.nextInt(3) == 0 ? 2_000 : 60;
    this.checks = checks;
    this.trace = trace;
  }

  void has(Faults now) {
    faults = now;
  }

  int calls() {
    return calls;
  }

  Map<String, Kept> objects() {
    return objects;
  }

  /** Somebody deletes a document's object behind the program's back. */
  void lose(String id) {
    lost.add(id);
    objects.remove(DOCUMENTS + id);
  }

  /** The documents whose objects were deleted, by id. */
  Set<String> lost() {
    return lost;
  }

  /** From now on, the lost objects no longer count as missing. */
  void forgetLosses() {
    lost.clear();
  }

  /** The bucket as one process sees it. */
  SimulatedStore.Server server(Life life) {
    return new SimulatedStore.Server() {
      @Override
      public Map<String, String> put(
          String key, byte[] bytes, Map<String, String> metadata, CompletableFuture<Void> aborted) {
        Faults.AtStore fault = arrives(life, "put " + key, key, true, aborted);
        if (fault == Faults.AtStore.NO_ETAG) {
          return Map.of();
        }
        Kept kept = new Kept(bytes, Map.copyOf(metadata), world.instant());
        checks.puts(key, kept, objects);
        objects.put(key, kept);
        life.meets(Port.STORE); // it is there, and nobody knows
        if (fault == Faults.AtStore.LOST) {
          throw SdkClientException.create("lost", new SocketException("connection reset"));
        }
        return Map.of("ETag", "\"" + metadata.get("sha256") + "\"");
      }

      @Override
      public void putEnds(String key) {
        checks.putEnds(key);
      }

      @Override
      public Optional<Kept> get(String key, CompletableFuture<Void> aborted) {
        arrives(life, "get " + key, key, false, aborted);
        return Optional.ofNullable(objects.get(key));
      }

      @Override
      public void head(CompletableFuture<Void> aborted) {
        arrives(life, "head", "", false, aborted);
      }

      @Override
      public Map<String, Kept> list(String prefix, CompletableFuture<Void> aborted) {
        arrives(life, "list " + prefix, "", false, aborted);
        Instant named = listsLate ? world.instant().minus(LATEST) : world.instant();
        Map<String, Kept> listed = new TreeMap<>();
        objects.forEach(
            (key, kept) -> {
              if (key.startsWith(prefix) && !kept.modified().isAfter(named)) {
                listed.put(key, kept);
              }
            });
        return listed;
      }

      @Override
      public void delete(String key) {
        checks.require(false, () -> key + " is deleted");
      }
    };
  }

  private Faults.AtStore arrives(
      Life life, String what, String key, boolean isPut, CompletableFuture<Void> aborted) {
    calls++;
    if (life == null || !World.isHere()) {
      return Faults.AtStore.NONE; // a rebuild, or the threads of an audit
    }
    World.requireAlive();
    trace.note(world.nanos() / 1_000_000 + " store " + what);
    life.meets(Port.STORE);
    Faults.AtStore fault = faults.store(key, isPut);
    int outage = faults.storeOutage();
    Duration time =
        fault == Faults.AtStore.SLOW
            ? Duration.ofSeconds(chance.nextInt(2, 90))
            : Duration.ofMillis(chance.nextInt(2, latency));
    world.sleep(time, aborted);
    if (aborted.isDone()) {
      throw SdkClientException.create("aborted", new SocketException("closed"));
    }
    if (isPut && fault != Faults.AtStore.NONE && fault != Faults.AtStore.SLOW) {
      life.storeTrouble(key, outage);
    }
    switch (fault) {
      case AWAY ->
          throw SdkClientException.create("away", new ConnectException("connection refused"));
      case FULL -> throw SimulatedStore.refusal(507, "InsufficientStorage", "no room is left");
      case DENIED -> throw SimulatedStore.refusal(403, "AccessDenied", "access denied");
      case BUSY -> throw SimulatedStore.refusal(503, "SlowDown", "reduce your rate");
      default -> {
        return fault;
      }
    }
  }
}
