package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cli.Invocation;
import config.Configuration;
import config.Survey;
import config.UsageException;
import config.Values;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import model.FailureReason;
import model.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import portal.Dialect;
import portal.PortalException;
import portal.PortalScope;
import portal.PortalType;
import portal.RobotsException;
import portal.SourceAwayException;
import portal.SurveyContext;
import portal.Surveyor;

class WaitForSourceTest {
  @TempDir private Path folder;

  private final Queue<Throwable> answers = new ArrayDeque<>();
  private final List<Duration> waits = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A type whose source is away as often as there are answers, and then no source at all. */
  private final class AwayType implements PortalType {
    @Override
    public String name() {
      return "away";
    }

    @Override
    public Optional<URI> address(Values values) {
      return Optional.of(URI.create("http://portal.test/"));
    }

    @Override
    public String urlWords() {
      return "source";
    }

    @Override
    public Optional<Survey> survey(SurveyContext context) {
      Throwable answer = answers.poll();
      if (answer == null) {
        throw new UsageException("no source");
      }
      throw new SourceAwayException("away", answer);
    }

    @Override
    public Dialect create(Values values, PortalScope scope, Ticker ticker, InstantSource clock) {
      throw new AssertionError("nothing is surveyed");
    }
  }

  private void survey() {
    Invocation invocation =
        new Invocation(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            folder,
            Map.of("PORTAL_TYPE", "away", "PORTAL_URL", "http://portal.test/"),
            new Surveyor(List.of(new AwayType()), folder, settings -> null),
            waits::add);
    Configuration configuration = invocation.configuration().load();
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> new WaitForSource(invocation).survey(configuration))
        .withMessage("no source");
  }

  private static PortalException answered(int status, @Nullable Duration retryAfter) {
    return new PortalException(FailureReason.http(status), "answered", retryAfter, null);
  }

  @Test
  void aSourceThatIsAwayIsAskedAgainSoonAndToldOnce() {
    answers.add(answered(503, null));
    answers.add(answered(503, Duration.ofSeconds(1)));
    survey();

    assertThat(waits).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("the start waits for its source: away");
  }

  @Test
  void thePauseThatASourceAsksForIsKept() {
    answers.add(answered(429, Duration.ofMinutes(7)));
    answers.add(answered(503, Duration.ofMinutes(8)));
    answers.add(new RobotsException("robots.txt", answered(503, Duration.ofMinutes(9))));
    survey();

    assertThat(waits)
        .containsExactly(Duration.ofMinutes(7), Duration.ofMinutes(8), Duration.ofMinutes(9));
  }

  @Test
  void pausesWithoutATimeGrow() {
    answers.add(answered(429, null));
    answers.add(answered(429, null));
    answers.add(answered(429, null));
    survey();

    assertThat(waits)
        .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(40));
  }
}
