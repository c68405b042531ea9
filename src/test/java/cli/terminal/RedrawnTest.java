package cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RedrawnTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

  @Test
  void theSecondDrawingReplacesTheFirst() {
    Redrawn drawing = new Redrawn(stream, true, 24);
    drawing.draw("a\n\nb\n");
    out.reset();
    drawing.draw("c\n");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("\033[?7l\033[3F\033[Kc\n\033[J\033[?7h");
  }

  @Test
  void nothingIsErasedAfterALineThatMayBeAsWideAsTheTerminal() {
    new Redrawn(stream, true, 24).draw("as wide as the terminal\n");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("as wide as the terminal\n");
  }

  @Test
  void withoutCursorMovementItIsDrawnBelow() {
    Redrawn drawing = new Redrawn(stream, false, 24);
    drawing.draw("a\n");
    drawing.draw("b\n");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\n\nb\n");
  }

  @Test
  void whatIsTallerThanTheTerminalIsCutAtTheTop() {
    Redrawn drawing = new Redrawn(stream, true, 4);
    drawing.draw("1\n2\n3\n4\n5\n");
    drawing.draw("1\n2\n3\n");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\033[?7l\033[K(3 more lines: the terminal is too low)\n\033[K4\n\033[K5\n\033[J\033[?7h"
                + "\033[?7l\033[3F\033[K1\n\033[K2\n\033[K3\n\033[J\033[?7h");
  }
}
