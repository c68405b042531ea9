package app;

import config.UsageException;
import demo.DemoPortal;
import demo.ecourts.EcourtsPortal;
import demo.ecourts.PortalMoods;
import demo.ecourts.PortalMoods.Captchas;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Selects the portal that the demo harvests, and its behaviour. */
final class EmbeddedPortalOptions {
  private static final String LINKS = "links";
  private static final String ECOURTS = "ecourts";
  private static final String OPENDATA = "opendata";
  private static final String NEVER = "never";
  private static final Map<String, Captchas> CAPTCHAS =
      Map.of(
          NEVER,
          Captchas.never(),
          "first-search",
          Captchas.onFirstSearch(),
          "after-25",
          Captchas.afterDocuments(25));

  @Option(
      names = "--portal",
      paramLabel = "TYPE",
      description =
          "What to harvest: an embedded portal of type links (default) or ecourts, or an embedded"
              + " bucket of open data and then, from an ecourts portal, what it lacks (opendata).")
  private String type = LINKS;

  @Option(
      names = "--captcha",
      paramLabel = "WHEN",
      description =
          "When the ecourts portal asks for a captcha: never (default), first-search, or after-25"
              + " (documents).")
  private @Nullable String captcha;

  /**
   * Checks that the options fit together.
   *
   * @throws UsageException if one has a wrong value, or is not for this portal
   */
  void check() {
    if (!List.of(LINKS, ECOURTS, OPENDATA).contains(type)) {
      throw new UsageException(
          "--portal: \"%s\" is not a portal of the demo; expected links, ecourts or opendata"
              .formatted(type));
    }
    if (captcha != null && !CAPTCHAS.containsKey(captcha)) {
      throw new UsageException(
          "--captcha: \"%s\" is not known; expected never, first-search or after-25"
              .formatted(captcha));
    }
    if (captcha != null && type.equals(LINKS)) {
      throw new UsageException(
          "--captcha: \"%s\" is for the ecourts portal alone; expected --portal ecourts or opendata with it"
              .formatted(captcha));
    }
  }

  /** Whether the demo begins with open data. */
  boolean isOpenData() {
    return type.equals(OPENDATA);
  }

  /** How the eCourts portal behaves. */
  PortalMoods moods() {
    return PortalMoods.good()
        .with(CAPTCHAS.getOrDefault(captcha == null ? NEVER : captcha, Captchas.never()));
  }

  /** The folder for the harvest of this portal: each type is a harvest of its own. */
  String folder() {
    return type.equals(LINKS) ? "demo-data" : "demo-data/" + type;
  }

  /**
   * Starts the portal; the options must have been {@link #check checked}.
   *
   * @param documents how many documents it lists
   * @param pageSize rows of a full listing page
   * @throws IOException when no port can be opened
   */
  EmbeddedPortal start(int documents, int pageSize) throws IOException {
    return type.equals(LINKS) ? links(documents, pageSize) : ecourts(documents);
  }

  private static EmbeddedPortal links(int documents, int pageSize) throws IOException {
    DemoPortal portal = new DemoPortal(documents, pageSize);
    return new EmbeddedPortal(
        portal.address(),
        Map.of(
            "portal.type",
            LINKS,
            "portal.url",
            portal.listingUrl(),
            "portal.total-selector",
            "#total"),
        portal::close);
  }

  private EmbeddedPortal ecourts(int documents) throws IOException {
    EcourtsPortal portal = new EcourtsPortal(documents, moods());
    return new EmbeddedPortal(
        portal.address(),
        Map.of("portal.type", ECOURTS, "portal.url", portal.address().toString()),
        portal::close);
  }
}
