package simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Faults drawn by chance: single ones all the time, and outages of portal and store. */
final class Weather implements Faults {
  private static final AtPortal[] SINGLE = {
    AtPortal.REFUSE,
    AtPortal.DROP,
    AtPortal.CUT,
    AtPortal.DELAY,
    AtPortal.BUSY,
    AtPortal.PAUSE,
    AtPortal.HTML,
    AtPortal.CAPTCHA
  };
  private static final AtPortal[] LONG = {
    AtPortal.REFUSE, AtPortal.DROP, AtPortal.DELAY, AtPortal.BUSY
  };
  private static final AtStore[] SINGLE_STORE = {
    AtStore.AWAY,
    AtStore.LOST,
    AtStore.LOST,
    AtStore.SLOW,
    AtStore.FULL,
    AtStore.DENIED,
    AtStore.BUSY,
    AtStore.NO_ETAG
  };
  private static final AtStore[] LONG_STORE = {
    AtStore.AWAY, AtStore.FULL, AtStore.DENIED, AtStore.BUSY, AtStore.NO_ETAG
  };

  private record Outage(long from, long to, int kind, int number) {}

  private final World world;
  private final Random chance;
  private final double portalRate;
  private final double storeRate;
  private final double diskRate;
  private final List<Outage> portalOutages = new ArrayList<>();
  private final List<Outage> storeOutages = new ArrayList<>();
  private int numbers;
  private boolean isOver;

  Weather(World world, long seed) {
    this.world = world;
    this.chance = new Random(seed);
    this.portalRate = chance.nextInt(3) == 0 ? 0 : chance.nextDouble() * 0.15;
    this.storeRate = chance.nextInt(3) == 0 ? 0 : chance.nextDouble() * 0.15;
    this.diskRate = chance.nextInt(3) == 0 ? chance.nextDouble() * 0.02 : 0;
  }

  @Override
  public void turns() {
    outage(portalOutages, LONG.length);
    outage(storeOutages, LONG_STORE.length);
  }

  private void outage(List<Outage> outages, int kinds) {
    if (chance.nextInt(3) == 0) {
      long from = world.nanos() + Duration.ofMillis(chance.nextInt(15_000)).toNanos();
      long time = Duration.ofSeconds(chance.nextInt(2, 120)).toNanos();
      outages.add(new Outage(from, from + time, chance.nextInt(kinds), ++numbers));
    }
  }

  private Outage now(List<Outage> outages) {
    long now = world.nanos();
    for (Outage outage : outages) {
      if (!isOver && outage.from() <= now && now < outage.to()) {
        return outage;
      }
    }
    return null;
  }

  @Override
  public void end() {
    isOver = true;
  }

  @Override
  public AtPortal portal(String path) {
    Outage outage = now(portalOutages);
    if (outage != null) {
      return LONG[outage.kind()];
    }
    return !isOver && chance.nextDouble() < portalRate
        ? SINGLE[chance.nextInt(SINGLE.length)]
        : AtPortal.NONE;
  }

  @Override
  public AtStore store(String key, boolean isPut) {
    Outage outage = now(storeOutages);
    if (outage != null) {
      return LONG_STORE[outage.kind()];
    }
    return !isOver && chance.nextDouble() < storeRate
        ? SINGLE_STORE[chance.nextInt(SINGLE_STORE.length)]
        : AtStore.NONE;
  }

  @Override
  public boolean commitFails() {
    return !isOver && chance.nextDouble() < diskRate;
  }

  @Override
  public boolean spoolFails() {
    return !isOver && chance.nextDouble() < diskRate;
  }

  @Override
  public int portalOutage() {
    Outage outage = now(portalOutages);
    return outage == null ? 0 : outage.number();
  }

  @Override
  public int storeOutage() {
    Outage outage = now(storeOutages);
    return outage == null ? 0 : outage.number();
  }
}
