package simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/** What all processes of a run share: the world outside, and the folders on the disk. */
final class Universe implements AutoCloseable {
  /** In /dev/shm, if it exists: otherwise files would cost the time of a disk. */
  private static final Path ROOT =
      Files.isWritable(Path.of("/dev/shm")) ? Path.of("/dev/shm") : null;

  final long seed;
  final Random chance;
  final Trace trace;
  final Checks checks;
  final World world;
  final Settings settings;
  final Mistake mistake;
  final Faults faults;
  final Portal portal;
  final Bucket bucket;
  private final Path root;
  private int folders;

  private Universe(
      long seed,
      Random chance,
      Trace trace,
      Checks checks,
      World world,
      Settings settings,
      Mistake mistake,
      Faults faults,
      Portal portal,
      Bucket bucket) {
    this.seed = seed;
    this.chance = chance;
    this.trace = trace;
    this.checks = checks;
    this.world = world;
    this.settings = settings;
    this.mistake = mistake;
    this.faults = faults;
    this.portal = portal;
    this.bucket = bucket;
    this.root = newRoot();
    portal.has(faults);
    bucket.has(faults);
    checks.of(portal);
  }

  /** Everything by chance. */
  static Universe of(long seed, int documents, Mistake mistake, boolean isPrinted) {
    Random chance = new Random(seed);
    Trace trace = new Trace(isPrinted);
    Checks checks = new Checks();
    World world = new World(chance.nextLong(), trace);
    Settings settings =
        new Settings(
            documents,
            chance.nextInt(8, 26),
            chance.nextInt(1, 4),
            chance.nextInt(1, 9),
            chance.nextInt(10) == 0 ? Settings.SMALL_SPOOL : Settings.LARGE_SPOOL);
    if (settings.hasSmallSpool()) {
      checks.mayOverlap();
    }
    Faults weather = new Weather(world, chance.nextLong());
    Portal portal =
        new Portal(
            world,
            chance.nextLong(),
            settings,
            chance.nextInt(3) == 0 ? 3 : 20,
            documents / settings.scripts() + chance.nextInt(5) - 2,
            checks,
            trace);
    Bucket bucket = new Bucket(world, chance.nextLong(), chance.nextBoolean(), checks, trace);
    return new Universe(
        seed, chance, trace, checks, world, settings, mistake, weather, portal, bucket);
  }

  /** Sixty documents, and a single fault. */
  static Universe with(KthFailure failure) {
    long seed = 1;
    Trace trace = new Trace(false);
    Checks checks = new Checks();
    checks.mayOverlap();
    World world = new World(seed, trace);
    Settings settings = new Settings(60, 15, 2, 4, Settings.LARGE_SPOOL);
    return new Universe(
        seed,
        new Random(seed),
        trace,
        checks,
        world,
        settings,
        Mistake.NONE,
        failure,
        new Portal(world, seed, settings, 20, 30, checks, trace),
        new Bucket(world, seed, false, checks, trace));
  }

  private static Path newRoot() {
    try {
      return ROOT == null
          ? Files.createTempDirectory("sim")
          : Files.createTempDirectory(ROOT, "sim");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new empty folder. */
  Path newFolder() {
    try {
      return Files.createDirectory(root.resolve("life-" + ++folders));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
