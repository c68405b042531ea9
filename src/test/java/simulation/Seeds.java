package simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Runs seeds, in this process or in one of their own. */
final class Seeds {
  static final int DOCUMENTS = 200;
  static final int KILLS = 3;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MOST_TOLD = 5;
  private static final String RESULT = "seed ";

  /**
   * Both compilers, unlike the other tests. The cost of seeds is spread over many methods, so the
   * second compiler with its usual settings would be done only after five hundred of them; one that
   * starts early and inlines little is done after a hundred, and its code is hardly slower.
   */
  private static final List<String> JVM =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:MaxInlineLevel=4",
          "-XX:InlineSmallCode=600",
          "-XX:FreqInlineSize=75",
          "-XX:Tier4InvocationThreshold=2000",
          "-XX:Tier4MinInvocationThreshold=300",
          "-XX:Tier4CompileThreshold=4000");

  private Seeds() {}

  /** The results of seeds that ran in a process of their own. */
  record Outcome(int exitCode, String output, Map<Long, String> results) {}

  /** Runs all seeds from one to another in a process of their own. */
  static Outcome inAnotherProcess(long first, long last) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Seeds.class.getName()));
    command.addAll(List.of(Long.toString(first), Long.toString(last)));
    java.lang.Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      StringBuilder output = new StringBuilder();
      Map<Long, String> results = new TreeMap<>();
      process
          .inputReader(StandardCharsets.UTF_8)
          .lines()
          .forEach(
              line -> {
                if (line.startsWith(RESULT)) {
                  String[] result = line.substring(RESULT.length()).split(" ", 2);
                  results.put(Long.valueOf(result[0]), result[1]);
                } else {
                  output.append(line).append('\n');
                }
              });
      return new Outcome(process.waitFor(), output.toString(), results);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Runs the seeds from the first to the second argument; ends with 1 if one breaks a rule. */
  public static void main(String[] args) throws Exception {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    long began = System.nanoTime();
    Map<Long, Run.Result> results = new ConcurrentSkipListMap<>();
    List<String> broken =
        failures(
            LongStream.rangeClosed(Long.parseLong(args[0]), Long.parseLong(args[1]))
                .<Callable<Void>>mapToObj(
                    seed ->
                        () -> {
                          results.put(seed, Run.of(seed, DOCUMENTS, KILLS, Mistake.NONE, false));
                          return null;
                        }));
    results.forEach((seed, result) -> System.out.println(RESULT + seed + " " + result));
    broken.forEach(System.out::println);
    System.out.println(summary(results.values(), Duration.ofNanos(System.nanoTime() - began)));
    System.exit(broken.isEmpty() ? 0 : 1);
  }

  private static String summary(Iterable<Run.Result> results, Duration time) {
    long seeds = 0;
    long lives = 0;
    long requests = 0;
    long calls = 0;
    Duration virtual = Duration.ZERO;
    for (Run.Result result : results) {
      seeds++;
      lives += result.lives();
      requests += result.requests();
      calls += result.calls();
      virtual = virtual.plus(result.time());
    }
    return String.format(
        Locale.ROOT,
        "%,d seeds, %,d lives, %,d requests, %,d calls of the store, %,d virtual hours in %,d s",
        seeds,
        lives,
        requests,
        calls,
        virtual.toHours(),
        time.toSeconds());
  }

  /**
   * Runs one more at a time than there are processors, because a processor idles for a moment when
   * one thread hands over to another. Returns the messages of the first failures.
   */
  static List<String> failures(Stream<Callable<Void>> runs) throws InterruptedException {
    ExecutorService processors =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors() + 1);
    List<String> failures = new ArrayList<>();
    try {
      List<Future<Void>> all = runs.map(processors::submit).toList();
      for (int i = 0; i < all.size() && failures.size() < MOST_TOLD; i++) {
        try {
          all.get(i).get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
          failures.add(String.valueOf(e.getCause().getMessage()));
        } catch (TimeoutException e) {
          failures.add("run " + (i + 1) + " hangs");
        }
      }
    } finally {
      processors.shutdownNow();
    }
    return failures;
  }
}
