package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import config.HarvestSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import ledger.Ledger;
import model.Distribution;
import model.DocumentState;
import model.FailureReason;
import model.PageRange;
import model.Script;
import model.StopSignal;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import portal.Dialect;
import portal.Download;
import portal.Listing;
import portal.PortalException;
import portal.Row;
import routes.HarvestRoutes;
import scripts.Orchestrator;
import scripts.PendingCaptchas;
import store.Spool;
import store.StoreCalls;
import store.StoreException;
import testing.VirtualTicker;

/** The route of a document, with a mock instead of the store. */
class DocumentRouteTest extends CamelTestSupport {
  private static final Row ROW =
      new Row(1, "doc/1.pdf", "http://portal/doc/1.pdf", null, Map.of("title", "A v. B"));
  private static final String SHA = "cd".repeat(32);

  @TempDir Path folder;
  private Ledger ledger;
  private Spool spool;
  private Page page;
  private RuntimeException fetchFails;
  private MockEndpoint bucket;
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    super.configureTest(configuration);
    configuration.withUseAdviceWith(true);
  }

  @Override
  protected RoutesBuilder createRouteBuilder() throws IOException {
    ledger = Ledger.open(folder.resolve("ledger.db"));
    spool = Spool.open(folder.resolve("spool"));
    Script script = new Script(1, 1, new PageRange(1, 1));
    Orchestrator orchestrator =
        new Orchestrator(
            harvest(),
            ledger,
            InstantSource.system(),
            new VirtualTicker(),
            () -> context.getRouteController());
    PipelineListener listener = new PipelineListener() {};
    WorkContext work = new WorkContext(new StoreCalls());
    ScheduledExecutorService workers = Executors.newScheduledThreadPool(4);
    CaptchaFlow captchas =
        new CaptchaFlow(new PendingCaptchas(InstantSource.system()), orchestrator, listener);
    page = new Page(1, 1, session(), false, new StopSignal(new VirtualTicker()), () -> 10);
    return new HarvestRoutes(
        List.of(script),
        new ScriptPages(orchestrator, work, listener, () -> {}),
        new PageSteps(
            ledger,
            orchestrator,
            null,
            null,
            null,
            null,
            null,
            null,
            () -> 10,
            captchas,
            work,
            listener),
        new DocumentSteps(spool, "judgments/", captchas, work),
        new ManifestSteps(ledger, null, work),
        new ClaimRepository(ledger, orchestrator, listener),
        new SessionLimiter(workers, 4, () -> 1),
        workers);
  }

  private HarvestSettings harvest() {
    return new HarvestSettings(1, Distribution.of(1, 1, 10, 10), 0, Duration.ZERO, false, folder);
  }

  private Dialect.Session session() {
    return new Dialect.Session() {
      @Override
      public int parallel() {
        return 1;
      }

      @Override
      public Listing list(int number) {
        throw new IllegalStateException("not asked here");
      }

      @Override
      public Download fetch(Row row, Path file) {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
          Files.writeString(file, "%PDF- %%EOF");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } finally {
          atOnce.decrementAndGet();
        }
        if (fetchFails != null) {
          throw fetchFails;
        }
        return new Download(file, 11, SHA);
      }
    };
  }

  @BeforeEach
  void adviseAndStart() throws Exception {
    context.getPropertiesComponent().addInitialProperty("s3.bucket", "bucket");
    AdviceWith.adviceWith(
        context, "document", route -> route.weaveByToUri("aws2-s3:*").replace().to("mock:bucket"));
    AdviceWith.adviceWith(
        context, "manifest", route -> route.weaveByToUri("aws2-s3:*").replace().to("mock:bucket"));
    context.start();
    bucket = getMockEndpoint("mock:bucket");
  }

  private Exchange send() {
    return template.send(
        "direct:document", exchange -> exchange.getMessage().setBody(new DocumentTask(page, ROW)));
  }

  private long spooled() throws IOException {
    try (var files = Files.list(folder.resolve("spool"))) {
      return files.count();
    }
  }

  @Test
  void aFetchedDocumentIsPutUnderItsKeyThenDeletedThenConfirmed() throws Exception {
    bucket.expectedMessageCount(1);
    bucket.expectedHeaderReceived(AWS2S3Constants.KEY, "judgments/doc/1.pdf");
    bucket.expectedHeaderReceived(AWS2S3Constants.CONTENT_TYPE, "application/pdf");
    bucket.expectedHeaderReceived(AWS2S3Constants.METADATA, Map.of("sha256", SHA));

    send();

    bucket.assertIsSatisfied();
    assertThat(spooled()).isZero();
    assertThat(ledger.find("doc/1.pdf").orElseThrow().state()).isEqualTo(DocumentState.STORED);
  }

  @Test
  void whatIsStoredIsNotFetchedAgain() throws Exception {
    bucket.expectedMessageCount(1);

    send();
    send();

    bucket.assertIsSatisfied();
  }

  @Test
  void aRefusedUploadConfirmsNothingAndLeavesNothingBehind() throws Exception {
    bucket.whenAnyExchangeReceived(
        exchange -> {
          throw new StoreException(StoreException.Kind.AWAY, "connection refused");
        });

    send();

    assertThat(ledger.find("doc/1.pdf")).isEmpty();
    assertThat(ledger.claim("doc/1.pdf")).as("the claim is free again").isTrue();
    assertThat(spooled()).isZero();
    assertThat(page.isStoreInDoubt()).isTrue();
    assertThat(page.wantsMore()).as("the rest of the round is left").isFalse();
  }

  @Test
  void aFailedDownloadReachesNoBucketAndTellsItsPage() throws Exception {
    bucket.expectedMessageCount(0);
    fetchFails = new PortalException(FailureReason.TIMEOUT, "too slow");

    send();

    bucket.assertIsSatisfied();
    assertThat(page.isPortalInDoubt()).isTrue();
    assertThat(spooled()).isZero();
  }

  @Test
  void aSessionThatTakesOneDocumentAtATimeGetsOneAtATime() throws Exception {
    bucket.expectedMessageCount(20);
    List<Row> rows =
        IntStream.rangeClosed(1, 20)
            .mapToObj(i -> new Row(i, i + ".pdf", "http://portal/" + i + ".pdf", null, Map.of()))
            .toList();

    rows.stream()
        .map(
            row ->
                template.asyncSend(
                    "direct:document",
                    exchange -> exchange.getMessage().setBody(new DocumentTask(page, row))))
        .toList()
        .forEach(CompletableFuture::join);

    bucket.assertIsSatisfied();
    assertThat(mostAtOnce.get()).isEqualTo(1);
  }

  @Test
  void aDiskThatIsFullStopsThePageInsteadOfCountingAgainstTheDocument() {
    fetchFails = new UncheckedIOException(new IOException("No space left on device"));

    send();

    assertThat(ledger.find("doc/1.pdf")).isEmpty();
    assertThat(page.wantsMore()).isFalse();
  }
}
