package portal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import model.StopSignal;
import org.junit.jupiter.api.Test;
import portal.Dialect;
import portal.Download;
import portal.Listing;
import portal.Row;
import testing.VirtualTicker;

class LargePagesTest {
  private final LargePages pages = new LargePages();
  private final StopSignal running = new StopSignal(new VirtualTicker());

  /** Whether another thread would have to wait: one that stops does not. */
  private boolean isTaken() throws Exception {
    StopSignal stopped = new StopSignal(new VirtualTicker());
    stopped.fire();
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                pages.enter(stopped);
                pages.leave();
                return false;
              } catch (CancellationException e) {
                return true;
              }
            })
        .get(30, TimeUnit.SECONDS);
  }

  @Test
  void oneThreadAtATimeHasALargePage() throws Exception {
    assertThat(isTaken()).isFalse();
    pages.enter(running);
    pages.enter(running); // the next part of the same page
    assertThat(isTaken()).isTrue();
    pages.leave();
    assertThat(isTaken()).isFalse();
  }

  @Test
  void aWaitingThreadContinuesWhenThePageHasBeenUsed() throws Exception {
    pages.enter(running);
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> pages.enter(running));
    pages.leave();

    other.get(30, TimeUnit.SECONDS);
  }

  @Test
  void everyCallReachesTheWrappedSession() {
    Dialect.Session wrapper = pages.around(new TransientSession());

    assertThat(Dialect.Session.class.getMethods())
        .allSatisfy(
            method ->
                assertThat(
                        wrapper
                            .getClass()
                            .getDeclaredMethod(method.getName(), method.getParameterTypes()))
                    .isNotNull());
  }

  private static final class TransientSession implements Dialect.Session {
    @Override
    public int parallel() {
      return 1;
    }

    @Override
    public Listing list(int page) {
      throw new AssertionError();
    }

    @Override
    public Download fetch(Row row, Path spool) {
      throw new AssertionError();
    }
  }

  @Test
  void aPageHasBeenUsedWhenTheCallOfItsSessionEnds() throws Exception {
    Dialect.Session session =
        pages.around(
            new Dialect.Session() {
              @Override
              public int parallel() {
                return 1;
              }

              @Override
              public Listing list(int page) {
                pages.enter(running);
                return new Listing(page, List.of(), OptionalLong.empty());
              }

              @Override
              public Download fetch(Row row, Path spool) {
                pages.enter(running);
                throw new IllegalStateException("broken");
              }

              @Override
              public void answer(String captcha) {
                pages.enter(running);
              }
            });

    session.list(1);
    assertThat(isTaken()).isFalse();
    session.answer("x");
    assertThat(isTaken()).isFalse();
    Row row = new Row(1, "a.pdf", "http://portal.test/a.pdf", null, Map.of());
    catchThrowable(() -> session.fetch(row, Path.of("x")));
    assertThat(isTaken()).isFalse();
  }
}
