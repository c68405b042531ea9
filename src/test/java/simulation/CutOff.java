package simulation;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The first half of a body, after which the connection ends. */
final class CutOff extends InputStream {
  private final byte[] half;
  private int at;

  CutOff(String whole) {
    this.half = whole.substring(0, whole.length() / 2).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int read() throws IOException {
    if (at == half.length) {
      throw new EOFException("the body breaks off");
    }
    return half[at++];
  }

  @Override
  public int read(byte[] to, int from, int most) throws IOException {
    if (at == half.length) {
      throw new EOFException("the body breaks off");
    }
    int n = Math.min(most, half.length - at);
    System.arraycopy(half, at, to, from, n);
    at += n;
    return n;
  }
}
