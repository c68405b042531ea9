package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import model.Distribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class PortalTotalTest {
  private static PortalTotal total(boolean pagesAreGiven) {
    return new PortalTotal(Distribution.of(1, 1, 30, 10), pagesAreGiven, OptionalLong.empty());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 20, 29, 31, 453, 9_000_000_000_000_000_000L})
  void aDifferentTotalIsLoggedOnce(long named) {
    PortalTotal total = total(false);

    assertThat(logged(total, named))
        .singleElement()
        .asString()
        .contains(String.format(Locale.ROOT, "lists %,d documents", named))
        .contains("configured are 30 in 3 pages")
        .contains("harvest.total-results");
    assertThat(total.latest()).hasValue(named);
    assertThat(total.difference()).isPresent();
  }

  @Test
  void theConfiguredTotalIsNotLogged() {
    PortalTotal total = total(false);

    assertThat(logged(total, 30)).isEmpty();
    assertThat(total.difference()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 29, 30})
  void whereThePagesAreGivenOnlyTheirNumberCounts(long named) {
    assertThat(logged(total(true), named)).isEmpty();
    assertThat(logged(total(true), named - 20)).hasSize(1);
  }

  @Test
  void aRestartForgetsNoTotal() {
    PortalTotal total = new PortalTotal(Distribution.of(1, 1, 30, 10), false, OptionalLong.of(453));

    assertThat(total.latest()).hasValue(453);
    assertThat(total.difference()).isPresent();
  }

  private static List<String> logged(PortalTotal total, long named) {
    Logger log = (Logger) LoggerFactory.getLogger(PortalTotal.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Level before = log.getLevel();
    log.setLevel(Level.WARN);
    log.addAppender(lines);
    try {
      total.saw(named);
      total.saw(named);
    } finally {
      log.detachAppender(lines);
      log.setLevel(before);
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
