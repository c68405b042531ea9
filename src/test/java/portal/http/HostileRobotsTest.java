package portal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import model.FailureReason;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import portal.PortalException;
import portal.Request;
import portal.RobotsException;
import testing.Mutations;

/** An invalid robots.txt. */
class HostileRobotsTest {
  private static final URI ROBOTS = URI.create("http://portal.test/robots.txt");
  private static final Request LISTING =
      Request.page(URI.create("http://portal.test/list/3?sort=date&a=%7B*$"));
  private static final String RULES =
      "# rules\r\nUser-agent: Judgment-Harvester\nUser-agent: *\nCrawl-delay: 2.5\n"
          + "Disallow: /admin/*.pdf$\nAllow: /list/\nDisallow: /list/9\nSitemap: http://x/%zz\n\n"
          + "User-agent: other\nDisallow: /\n";
  private static final String OURS = "\nUser-agent: judgment-harvester\nDisallow: /list/3\n";

  @Provide
  Arbitrary<byte[]> robots() {
    return Mutations.of(RULES.getBytes(UTF_8));
  }

  @Property(tries = 300)
  void whateverItContainsItAllowsOrDisallowsAndDelaysByADayAtMost(@ForAll("robots") byte[] text) {
    RobotsTxt robots = new RobotsTxt(ROBOTS, text);
    assertThat(robots.crawlDelay()).isBetween(Duration.ZERO, Duration.ofDays(1));
    isAllowed(robots);
  }

  @Property(tries = 300)
  void ourOwnRuleAppliesWhateverPrecedesIt(@ForAll("robots") byte[] text) {
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    ours.write('#'); // otherwise a byte order mark of UTF-16 would garble all that follows
    ours.writeBytes(text);
    ours.writeBytes(OURS.getBytes(UTF_8));
    assertThat(isAllowed(new RobotsTxt(ROBOTS, ours.toByteArray()))).isFalse();
  }

  private static boolean isAllowed(RobotsTxt robots) {
    try {
      robots.require(LISTING);
      return true;
    } catch (RobotsException e) {
      assertThat(e).hasMessageContaining(ROBOTS.toString());
      return false;
    } catch (PortalException e) {
      assertThat(e.reason()).isEqualTo(FailureReason.ROBOTS);
      return false;
    }
  }
}
