package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
  @Test
  void isUtf8AndSendsEachLineAtOnce() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Output output = new Output(bytes);

    output.stream().println("न्याय");

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("न्याय" + System.lineSeparator());
    assertThat(output.lost()).isNull();
  }

  @Test
  void remembersWhyALineWasLostEvenIfTheNextOneIsNot() {
    Output output = new Output(new Full("No space left on device", 1));
    PrintStream out = output.stream();

    out.println("lost");
    out.println("written");

    assertThat(output.lost()).isEqualTo("No space left on device");
  }

  @Test
  void aReaderThatLeavesEarlyLosesNothing() {
    Output output = new Output(new Full("Broken pipe", 9));

    output.stream().println("more");

    assertThat(output.lost()).isNull();
  }

  /** Accepts nothing the first few times. */
  private static final class Full extends OutputStream {
    private final String words;
    private int times;

    private Full(String words, int times) {
      this.words = words;
      this.times = times;
    }

    @Override
    public void write(int b) throws IOException {
      if (times-- > 0) {
        throw new IOException(words);
      }
    }
  }
}
