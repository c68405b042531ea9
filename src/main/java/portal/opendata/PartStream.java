package portal.opendata;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import model.FailureReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.PortalException;
import portal.opendata.tar.TarFormatException;
import portal.opendata.tar.TarMember;
import portal.opendata.tar.TarReader;
import store.SourceBody;

/**
 * A part while it is being read, from front to back in one request. A lost connection is replaced
 * by another one, which starts at the member that was being read.
 */
final class PartStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartStream.class);
  private static final int BUFFER = 64 * 1024;
  private static final int MOST_LOSSES = 3;

  /** Enough for the headers of a member with a long name. */
  private static final long HEADERS = 4 * 1024;

  /** The part is no longer the one whose reading began: it has another version, or is gone. */
  static final class ReplacedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean gone;

    private ReplacedException(String message, boolean gone) {
      super(message);
      this.gone = gone;
    }

    /** Whether the source lacks it from its first byte on, so that there is no other version. */
    boolean isGone() {
      return gone;
    }
  }

  /** Takes the content of a member; again from its beginning if the connection was lost. */
  @FunctionalInterface
  interface Sink {
    void take(TarMember member, InputStream content) throws IOException;
  }

  private final SourceWire wire;
  private final String key;
  private String etag;
  private long offset;
  private boolean afterMember;
  private volatile @Nullable SourceBody body;
  private @Nullable TarReader tar;

  /**
   * @param etag of the expected version; empty for any, which is then expected from now on
   * @param offset where to begin
   */
  PartStream(SourceWire wire, String key, String etag, long offset) {
    this.wire = wire;
    this.key = key;
    this.etag = etag;
    this.offset = offset;
  }

  String key() {
    return key;
  }

  String etag() {
    return etag;
  }

  /** Goes on behind the member whose header is at this offset. */
  void behind(long header) {
    close();
    offset = header;
    afterMember = true;
  }

  /**
   * Reads the next member.
   *
   * @return empty at the end of the part
   * @throws ReplacedException if the part is gone, or another one
   * @throws TarFormatException if it is no tar from here on; the next call finds its end
   * @throws PortalException if the source does not answer
   */
  Optional<TarMember> next(Sink sink) throws ReplacedException, TarFormatException {
    for (int losses = 0; ; losses++) {
      try {
        return wire.until(this::abort, () -> read(sink));
      } catch (TarFormatException | ReplacedException e) {
        throw e;
      } catch (IOException e) {
        close();
        wire.desk().stop().throwIfStopped();
        if (losses == MOST_LOSSES) {
          throw new PortalException(
              FailureReason.RESET,
              "%s breaks off: %s".formatted(wire.address(key), e.getMessage()));
        }
        LOG.info(
            "the connection to {} was lost at byte {}; reading goes on from there", key, offset);
      }
    }
  }

  private Optional<TarMember> read(Sink sink) throws IOException {
    if (afterMember) {
      offset = end(offset);
      afterMember = false;
    }
    TarReader reader = opened();
    offset = reader.nextOffset();
    Optional<TarMember> member = reader.next();
    if (member.isPresent()) {
      sink.take(member.get(), reader.content());
    }
    offset = reader.nextOffset();
    return member;
  }

  /** Where the member ends whose header is at this offset; only its headers are read. */
  private long end(long header) throws IOException {
    try (SourceBody few = open(header, () -> wire.open(key, header, HEADERS))) {
      TarReader reader = new TarReader(few, header);
      reader.next();
      return reader.nextOffset();
    }
  }

  private TarReader opened() throws ReplacedException {
    if (tar == null) {
      SourceBody opened = open(offset, () -> wire.open(key, offset));
      body = opened;
      tar = new TarReader(new BufferedInputStream(opened, BUFFER), offset);
    }
    return tar;
  }

  private SourceBody open(long from, Supplier<SourceBody> request) throws ReplacedException {
    SourceBody opened;
    try {
      opened = request.get();
    } catch (PortalException e) {
      if (wire.lacks(e)) {
        throw new ReplacedException(String.valueOf(e.getMessage()), from == 0);
      }
      throw e;
    }
    String now = opened.object().etag();
    if (!etag.isEmpty() && !now.isEmpty() && !etag.equals(now)) {
      opened.abort();
      throw new ReplacedException("%s is another version now".formatted(wire.address(key)), false);
    }
    etag = etag.isEmpty() ? now : etag;
    return opened;
  }

  private void abort() {
    SourceBody current = body;
    if (current != null) {
      current.abort();
    }
  }

  /** Ends the request, if one is in progress. */
  @Override
  public void close() {
    abort();
    body = null;
    tar = null;
  }
}
