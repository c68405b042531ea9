package routes;

import org.apache.camel.Predicate;
import org.apache.camel.builder.RouteBuilder;
import pipeline.CaptchaFlow;
import pipeline.HeldPages;
import pipeline.ListingSteps;
import pipeline.ManifestSteps;
import pipeline.Page;
import pipeline.PageSteps;
import pipeline.RoundSteps;
import pipeline.Settlement;
import pipeline.Verdict;

/**
 * The path of a page from its number to its manifest in the bucket. The page number is the body,
 * and the script that works on it is in a header ({@link PageSteps#SCRIPT}).
 */
public final class PageRoutes extends RouteBuilder {
  private final PageSteps page;
  private final ListingSteps listing;
  private final RoundSteps round;
  private final Settlement settlement;
  private final CaptchaFlow captchas;
  private final HeldPages held;
  private final ManifestSteps manifest;

  public PageRoutes(
      PageSteps page,
      ListingSteps listing,
      RoundSteps round,
      Settlement settlement,
      CaptchaFlow captchas,
      HeldPages held,
      ManifestSteps manifest) {
    this.page = page;
    this.listing = listing;
    this.round = round;
    this.settlement = settlement;
    this.captchas = captchas;
    this.held = held;
    this.manifest = manifest;
  }

  // spotless:off, because a route is read by its indentation
  @Override
  public void configure() {
    errorHandler(noErrorHandler());

    from("direct:page").routeId("page").group("pipeline").description("A page number in, its manifest out")
        .bean(page, "open").id("open-page")
        .filter().body(Page.class, Page::isRetry).id("is-retry")
          .bean(page, "recall").id("recall-rows")
        .end()
        .filter().body(Page.class, page -> !page.isListed()).id("is-unlisted")
          .to("direct:listing").id("get-rows")
        .end()
        .bean(held, "look").id("look-again")
        .loopDoWhile().body(Page.class, Page::isOpen).id("rounds")
          .bean(round, "next").id("next-round") // waits here, on the page's own thread, for what is due
          .to("direct:round?synchronous=true").id("fetch-round") // the page's thread waits and does not join the workers
          .bean(round, "judge").id("judge-round")
          .choice().id("verdict") // before failures count against documents: do portal, hosts and store respond at all?
            .when(verdict(Verdict.Abort.class)).id("abort")
              .bean(round, "abort").id("leave-page")
            .when(verdict(Verdict.HostsSilent.class)).id("hosts-silent")
              .to("direct:listing").id("try-portal")
              .bean(round, "requireHosts").id("try-hosts")
            .when(verdict(Verdict.StoreRefuses.class)).id("store-refuses")
              .bean(round, "requireStore").id("try-store")
            .when(verdict(Verdict.AskPerson.class)).id("captcha")
              .bean(captchas, "waitForPerson").id("wait-for-person")
          .end()
          .bean(settlement, "settle").id("settle-round")
        .end()
        .bean(held, "require").id("require-documents") // a page is not closed if none of its documents was stored
        .to("direct:manifest").id("write-manifest")
        .bean(manifest, "close").id("close-page");

    from("direct:listing").routeId("listing").group("pipeline").description("A page in, the same page with its rows out")
        .bean(listing, "list").id("list-page");

    from("direct:manifest").routeId("manifest").group("pipeline").description("A page in, its manifest in the bucket")
        .bean(manifest, "describe").id("describe-page")
        .to(DocumentRoutes.BUCKET).id("put-manifest")
        .bean(manifest, "written").id("manifest-written");
  }
  // spotless:on

  private Predicate verdict(Class<? extends Verdict> kind) {
    return exchangeProperty(RoundSteps.VERDICT).isInstanceOf(kind);
  }
}
