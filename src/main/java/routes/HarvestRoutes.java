package routes;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import model.Script;
import org.apache.camel.builder.RouteBuilder;
import pipeline.ClaimRepository;
import pipeline.DocumentSteps;
import pipeline.DocumentTask;
import pipeline.KeepThePage;
import pipeline.ManifestSteps;
import pipeline.Page;
import pipeline.PageSteps;
import pipeline.ScriptPages;
import pipeline.SessionLimiter;

/** The harvest: one route a script, and what they all do with a page and with a document. */
public final class HarvestRoutes extends RouteBuilder {
  /**
   * A file name, which concerns consumers alone, keeps the endpoint from asking for the bucket when
   * it starts: a store that is away then is no reason to end.
   */
  private static final String BUCKET = "aws2-s3:{{s3.bucket}}?amazonS3Client=#s3&fileName=unused";

  private final Collection<Script> scripts;
  private final ScriptPages scriptPages;
  private final PageSteps page;
  private final DocumentSteps document;
  private final ManifestSteps manifest;
  private final ClaimRepository claims;
  private final SessionLimiter turns;
  private final ExecutorService documents;

  /**
   * @param scripts the scripts of this instance
   * @param documents the one pool in which the documents of all scripts are fetched
   */
  public HarvestRoutes(
      Collection<Script> scripts,
      ScriptPages scriptPages,
      PageSteps page,
      DocumentSteps document,
      ManifestSteps manifest,
      ClaimRepository claims,
      SessionLimiter turns,
      ExecutorService documents) {
    this.scripts = scripts;
    this.scriptPages = scriptPages;
    this.page = page;
    this.document = document;
    this.manifest = manifest;
    this.claims = claims;
    this.turns = turns;
    this.documents = documents;
  }

  // spotless:off, for a route reads by its indentation
  @Override
  public void configure() {
    errorHandler(noErrorHandler());

    for (Script script : scripts) {
      from("timer:" + script.name() + "?delay=0&period=100&synchronous=true") // one tick = one page
          .routeId(script.name()).autoStartup(false)
          .setBody(constant(script.id()))
          .bean(scriptPages, "next").id(script.name() + "-next")
          .filter(body().isNotNull())
            .doTry()
              .to("direct:page")
              .bean(scriptPages, "done")
            .doCatch(Exception.class)
              .bean(scriptPages, "failed")
            .end();
    }

    from("direct:page").routeId("page") // a page number in, a manifest out
        .bean(page, "open").id("open-page")
        .choice()
          .when().body(Page.class, Page::isRetry)
            .bean(page, "recall").id("recall-rows")
          .otherwise()
            .to("direct:listing")
        .end()
        .loopDoWhile().body(Page.class, Page::isOpen).id("rounds")
          .to("direct:round?synchronous=true").id("fetch-due") // the page keeps its thread and holds no worker
          .choice() // before failures are held against the documents: do the others answer at all?
            .when().body(Page.class, Page::isPortalInDoubt)
              .to("direct:listing")
            .when().body(Page.class, Page::isStoreInDoubt)
              .bean(page, "requireStore").id("require-store")
            .when().body(Page.class, Page::isCaptchaAsked)
              .bean(page, "waitForPerson").id("wait-for-person")
          .end()
          .bean(page, "settle").id("settle-round")
        .end()
        .to("direct:manifest")
        .bean(manifest, "closePage").id("close-page");

    from("direct:listing").routeId("listing")
        .bean(page, "list").id("list-page");

    from("direct:round").routeId("round")
        .split().body(Page.class, Page::due)
          .parallelProcessing().executorService(documents)
          .aggregationStrategy(new KeepThePage()).id("documents")
          .to("direct:document")
        .end();

    from("direct:document").routeId("document")
        .process(turns).id("turns")
        .filter().body(DocumentTask.class, DocumentTask::isWanted) // a script stops between documents
          .doTry()
            .bean(document, "begin")
            .idempotentConsumer().body(DocumentTask.class, DocumentTask::id)
              .idempotentRepository(claims).completionEager(true).id("claim")
              .doTry()
                .bean(document, "download").id("download")
                .to(BUCKET).id("put-document")
                .bean(document, "uploaded")
              .doFinally()
                .bean(document, "deleteSpooled").id("delete-spooled")
              .end()
            .endDoTry()
          .doFinally()
            .bean(document, "end")
          .end()
        .end();

    from("direct:manifest").routeId("manifest")
        .bean(manifest, "describe").id("describe-page")
        .to(BUCKET).id("put-manifest")
        .bean(manifest, "described");
  }
  // spotless:on
}
