package routes;

import java.util.concurrent.ExecutorService;
import org.apache.camel.builder.RouteBuilder;
import pipeline.ClaimRepository;
import pipeline.CollectOutcomes;
import pipeline.DocumentSteps;
import pipeline.DocumentTask;
import pipeline.RecordSteps;
import pipeline.Round;
import pipeline.SessionLimiter;

/** The path of a round's documents from the portal to the bucket. */
public final class DocumentRoutes extends RouteBuilder {
  /**
   * The file name matters only to consumers. Here it keeps the endpoint from checking the bucket
   * when it starts: a store that is down at that time is no reason to exit.
   */
  static final String BUCKET = "aws2-s3:{{s3.bucket}}?amazonS3Client=#s3&fileName=unused";

  private final SessionLimiter limiter;
  private final ClaimRepository claims;
  private final DocumentSteps document;
  private final RecordSteps record;
  private final ExecutorService workers;

  /**
   * @param workers the pool that processes the documents of all scripts
   */
  public DocumentRoutes(
      SessionLimiter limiter,
      ClaimRepository claims,
      DocumentSteps document,
      RecordSteps record,
      ExecutorService workers) {
    this.limiter = limiter;
    this.claims = claims;
    this.document = document;
    this.record = record;
    this.workers = workers;
  }

  // spotless:off, because a route is read by its indentation
  @Override
  public void configure() {
    errorHandler(noErrorHandler());

    from("direct:round").routeId("round").group("pipeline").description("A round in, the same round and its outcomes out")
        .split().body(Round.class, Round::tasks).streaming() // so that outcomes are collected as they arrive
          .parallelProcessing().executorService(workers)
          .aggregationStrategy(new CollectOutcomes()).id("documents")
          .to("direct:document").id("fetch-document")
        .end();

    from("direct:document").routeId("document").group("pipeline").description("A document in, its outcome out; the document itself when it was not taken up")
        .process(limiter).id("session-limiter")
        .filter().body(DocumentTask.class, DocumentTask::isWanted).id("is-wanted") // a script stops between documents
          .idempotentConsumer().body(DocumentTask.class, DocumentTask::claim)
            .idempotentRepository(claims).completionEager(true).id("claim") // released however it ends
            .doTry().id("document-work")
              .bean(document, "begin").id("begin-document")
              .filter(exchangeProperty(DocumentSteps.DOWNLOAD).isNull()).id("is-not-in-bucket") // else found after a rebuild
                .bean(document, "download").id("download")
                .doTry().id("upload")
                  .to(BUCKET).id("put-document")
                .doCatch(Exception.class).onWhen(DocumentSteps::isTaken).id("is-taken") // another instance was first
                  .bean(document, "takeOver").id("take-over")
                .end()
              .endDoTry()
              .bean(record, "stored").id("record-stored")
            .doCatch(Exception.class).id("document-failed")
              .bean(record, "failed").id("record-failed")
            .doFinally().id("document-over")
              .bean(document, "end").id("end-document")
              .bean(document, "deleteSpooled").id("delete-spooled")
            .end()
          .end()
        .end();
  }
  // spotless:on
}
