package portal.http;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import model.FailureReason;
import portal.PortalException;
import portal.Request;
import portal.RobotsException;

/** The rules of one robots.txt for this program: RFC 9309, and the customary Crawl-delay. */
final class RobotsTxt {
  /** Our product token, in lower case as the parser requires. */
  private static final String AGENT = "judgment-harvester";

  /** The size that RFC 9309, section 2.5, asks crawlers to parse. */
  static final int PARSED = 500 * 1024;

  private static final Duration LONGEST_DELAY = Duration.ofDays(1);

  private final URI address;
  private final SimpleRobotRules rules;

  /**
   * @param address its address, for messages
   * @param body its bytes, of which the first 500 KiB count; empty if there is no robots.txt
   */
  RobotsTxt(URI address, byte[] body) {
    SimpleRobotRulesParser parser = new SimpleRobotRulesParser();
    parser.setMaxCrawlDelay(LONGEST_DELAY.toMillis()); // a longer delay disallows everything
    this.address = address;
    this.rules =
        parser.parseContent(
            address.toString(),
            Arrays.copyOf(body, Math.min(body.length, PARSED)),
            "text/plain",
            Set.of(AGENT));
  }

  /**
   * Checks that a request may be sent.
   *
   * @throws PortalException reason {@code robots}, if it is for a document that is disallowed
   * @throws RobotsException if another address is disallowed, or the host as a whole
   */
  void require(Request asked) {
    if (rules.isAllowed(asked.uri().toString())) {
      return;
    }
    String words =
        "%s %s for %s; the portal's owner must allow it, or portal.robots=ignore be set"
            .formatted(address, because(asked.uri()), AGENT);
    if (asked.spool() != null && !rules.isAllowNone()) {
      throw new PortalException(FailureReason.ROBOTS, words);
    }
    throw new RobotsException(words);
  }

  private String because(URI asked) {
    if (rules.isAllowNone()) {
      return "asks for a Crawl-delay of more than %d hours".formatted(LONGEST_DELAY.toHours());
    }
    String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    return "disallows " + asked.getRawPath() + query;
  }

  /** The minimum time between two requests; zero if it names none. */
  Duration crawlDelay() {
    return Duration.ofMillis(Math.max(0, rules.getCrawlDelay())); // negative if unset
  }
}
