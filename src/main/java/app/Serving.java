package app;

import cli.DataFolders;
import cli.MachineFault;
import config.ApiSettings;
import config.Configuration;
import config.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import ledger.DataFolder;
import ledger.SqliteLibrary;
import monitor.Logging;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of an instance: from the checks before its start to its orderly end by a signal. */
public final class Serving implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  /**
   * After this time, a signal kills an instance that is still starting; the ledger survives that.
   */
  private static final Duration LONGEST_START = Duration.ofSeconds(20);

  private final Configuration configuration;
  private final CountDownLatch started = new CountDownLatch(1);
  private final SignalEnd signal = new SignalEnd();
  private @Nullable Instance instance;
  private Optional<String> awayStore = Optional.empty();
  private Optional<String> lostLedger = Optional.empty();
  private volatile boolean signalledWhileStarting;
  private volatile boolean ended;

  private Serving(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Starts an instance. SIGTERM and SIGINT end it with exit code 0.
   *
   * @param acceptChanges whether other totals and assignments are accepted than were recorded
   * @throws UsageException if a port, the data folder or the bucket cannot be used, or belongs to
   *     another harvest
   * @throws MachineFault for a fault of the machine that may be temporary
   */
  static Serving start(Configuration configuration, boolean acceptChanges) throws Exception {
    MachineFault.requireTemporaryFolder();
    try {
      return begin(configuration, acceptChanges);
    } catch (Exception | LinkageError e) { // the latter for classes and libraries not loaded
      Optional<MachineFault> fault = MachineFault.behind(e, configuration.harvest().dataDir());
      if (fault.isPresent()) {
        throw fault.get();
      }
      throw e;
    }
  }

  private static Serving begin(Configuration configuration, boolean acceptChanges)
      throws Exception {
    ApiSettings api = configuration.api();
    SqliteLibrary.load();
    // before the ports, because a process that holds the folder also holds them
    DataFolders.requireFree(configuration.harvest().dataDir());
    int port = ListenPort.free("api.port", api.host(), api.port());
    int managementPort = ListenPort.free("management.port", "127.0.0.1", api.managementPort());
    Serving serving = new Serving(configuration.withApi(api.withPorts(port, managementPort)));
    Runtime.getRuntime().addShutdownHook(new Thread(serving::endBySignal, "shutdown"));
    EarlySignal.leave();
    serving.start(acceptChanges);
    return serving;
  }

  private void start(boolean acceptChanges) throws Exception {
    Instance opened = null;
    try {
      opened = open();
      Logging.toFiles(logs());
      if (acceptChanges) {
        opened.acceptChanges();
      }
      awayStore = opened.requireBucket();
      lostLedger = awayStore.isEmpty() ? opened.lostLedger() : Optional.empty();
      opened.start();
      instance = opened;
      LOG.info("listening on {}", address());
    } catch (Exception e) {
      if (opened != null) {
        close(opened, e);
      }
      if (signalledWhileStarting) {
        started.countDown();
        new CountDownLatch(1).await(); // a JVM that is shutting down cannot start anything
      }
      throw CamelMain.mistake(e, configuration).orElse(e);
    } finally {
      ended |= instance == null;
      started.countDown();
    }
  }

  /** A person must learn why it did not start, even if closing it fails, too. */
  private static void close(Instance opened, Exception why) {
    try {
      opened.close();
    } catch (IOException | RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  private Instance open() {
    Path folder = configuration.harvest().dataDir();
    try {
      return new Instance(configuration, PortalTypes.KNOWN);
    } catch (DataFolder.HeldException e) {
      throw DataFolders.held(folder, e);
    } catch (IOException e) {
      throw DataFolders.unusable(folder, e);
    }
  }

  private Path logs() {
    return configuration.harvest().dataDir().resolve("logs");
  }

  Instance instance() {
    if (instance == null) {
      throw new IllegalStateException("the instance has not started");
    }
    return instance;
  }

  /**
   * What was wrong with the store at the start, which the scripts wait for; empty if nothing was.
   */
  Optional<String> awayStore() {
    return awayStore;
  }

  /** What a person should know if the ledger was lost before the start; empty if it was not. */
  Optional<String> lostLedger() {
    return lostLedger;
  }

  /**
   * Waits until a signal ends the process.
   *
   * @throws UsageException if a store that was down at the start turns out to hold another harvest
   */
  void await() throws InterruptedException, IOException {
    UsageException refusal;
    try {
      refusal = instance().refused().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    close();
    throw refusal;
  }

  /** Address of the dashboard. */
  String address() {
    return configuration.api().address() + "/";
  }

  /** For callers that query the instance while a signal may close it. */
  SignalEnd signal() {
    return signal;
  }

  private void endBySignal() {
    signal.begin();
    signalledWhileStarting = started.getCount() > 0;
    awaitStart();
    if (ended && !signalledWhileStarting) {
      return; // the process ends by itself, with its own exit code
    }
    // otherwise the JVM would exit with 128 plus the number of the signal
    Runtime.getRuntime().halt(Closing.exitCode(this::close));
  }

  private void awaitStart() {
    try {
      started.await(LONGEST_START.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (!ended && instance != null) {
      ended = true;
      instance.close();
    }
  }
}
