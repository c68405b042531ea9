package portal.opendata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import model.FailureReason;
import model.Validators;
import org.jspecify.annotations.Nullable;
import portal.Download;
import portal.PortalException;
import portal.Row;
import portal.opendata.PartStream.ReplacedException;
import portal.opendata.tar.TarFormatException;
import portal.opendata.tar.TarMember;
import store.SourceBody;

/**
 * Reads single documents: out of a tar at a known place, or as objects. What the source has is
 * final: asking again changes nothing.
 */
final class DocumentReader {
  private final OpenDataDialect dialect;
  private final SourceWire wire;
  private final Map<String, Long> offsets = new HashMap<>(); // guarded by this
  private String scanned = ""; // guarded by this
  private volatile @Nullable Slice slice;

  DocumentReader(OpenDataDialect dialect, SourceWire wire) {
    this.dialect = dialect;
    this.wire = wire;
  }

  /** From now on, documents of this slice are read. */
  void at(Slice current) {
    slice = current;
  }

  /** What tells one document of a page from another. */
  static String place(Row row) {
    SourceKey key = SourceKey.of(row.facts());
    return key.key() + "#" + key.name() + "#" + key.offset();
  }

  /**
   * Fetches a document: as the listing has kept it, else out of the tar, else as an object.
   *
   * @param kept the document as it came with the listing
   * @throws PortalException if it does not come, or is not a PDF
   */
  Download fetch(Row row, Optional<Download> kept, Path spool) {
    SourceKey key = SourceKey.of(row.facts());
    String url = row.address();
    PortalException first;
    try {
      return kept.isPresent()
          ? checked(kept.get(), url)
          : key.inTar() ? member(key, spool, url) : object(key.objectKey(), spool, url);
    } catch (PortalException e) {
      if (!e.isSettled()) {
        throw e;
      }
      first = e;
    }
    try {
      return key.inTar()
          ? object(key.objectKey(), spool, url)
          : onlyInTar(key.name(), spool, url).orElseThrow(() -> first);
    } catch (PortalException e) {
      boolean nothing = e.isSettled() && SourceWire.isGone(e);
      throw nothing ? first : e;
    }
  }

  /** Whatever is wrong with the bytes is the source's last word. */
  private Download checked(Download download, String url) {
    try {
      dialect.check().check(download, url);
      return download;
    } catch (PortalException e) {
      throw PortalException.settled(e.reason(), String.valueOf(e.getMessage()), e);
    }
  }

  private Download object(String key, Path spool, String url) {
    try {
      return checked(wire.ask(key, () -> copy(wire.bucket().open(key, 0), spool, key)), url);
    } catch (PortalException e) {
      if (wire.lacks(e)) {
        throw PortalException.settled(FailureReason.GONE, String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }

  private Download copy(SourceBody body, Path spool, String key) {
    try (body) {
      require(body.length(), key);
      dialect.place().room().keep(spool, body.length(), wire.desk().stop());
      Download download = wire.until(body::abort, () -> copy(body, spool));
      dialect.place().room().has(spool, download.size());
      String etag = body.object().etag();
      return new Download(
          spool,
          download.size(),
          download.sha256(),
          Optional.empty(),
          new Validators(etag.isEmpty() ? null : etag, null));
    } catch (IOException e) {
      throw lost(key, e);
    }
  }

  private Download copy(InputStream content, Path file) throws IOException {
    return SpooledMembers.copy(content, file, dialect.place().spool().files());
  }

  private void require(long size, String key) {
    if (size > dialect.largest()) {
      throw new PortalException(
          FailureReason.TOO_LARGE,
          "%s is larger than %d bytes".formatted(wire.address(key), dialect.largest()));
    }
  }

  private RuntimeException lost(String key, IOException e) {
    wire.desk().stop().throwIfStopped();
    return new PortalException(
        FailureReason.RESET, "%s breaks off: %s".formatted(wire.address(key), e.getMessage()));
  }

  /** Reads one member; gone if the part has changed. */
  private Download member(SourceKey key, Path spool, String url) {
    Download[] read = new Download[1];
    try (PartStream part = new PartStream(wire, key.key(), "", key.offset())) {
      part.next(
          (member, content) -> {
            if (member.base().equals(key.name())) {
              require(member.size(), key.key());
              dialect.place().room().keep(spool, member.size(), wire.desk().stop());
              read[0] = copy(content, spool);
              dialect.place().room().has(spool, read[0].size());
            }
          });
    } catch (ReplacedException e) {
      throw PortalException.settled(FailureReason.GONE, String.valueOf(e.getMessage()), e);
    } catch (TarFormatException e) {
      throw PortalException.settled(
          FailureReason.TRUNCATED,
          "%s: %s".formatted(wire.address(key.key()), e.getMessage()),
          null);
    }
    if (read[0] == null) {
      throw PortalException.settled(
          FailureReason.GONE,
          "%s has it at another place now".formatted(wire.address(key.key())),
          null);
    }
    return checked(read[0], url);
  }

  /** Where every PDF is an object, one that only the tar has is read from it. */
  private Optional<Download> onlyInTar(String name, Path spool, String url) {
    Slice current = slice;
    if (current == null || current.part().isEmpty() || !dialect.readsObjects()) {
      return Optional.empty();
    }
    Long offset = offset(current.partKey(), name);
    return offset == null
        ? Optional.empty()
        : Optional.of(member(new SourceKey(current.partKey(), name, true, offset), spool, url));
  }

  /** Reads the tar's headers once, and remembers what is where. */
  private synchronized @Nullable Long offset(String part, String name) {
    if (!scanned.equals(part)) {
      offsets.clear();
      scanned = "";
      try (PartStream stream = new PartStream(wire, part, "", 0)) {
        Optional<TarMember> member;
        do {
          wire.desk().stop().throwIfStopped();
          member = stream.next((each, content) -> {});
          member.ifPresent(each -> offsets.putIfAbsent(each.base(), each.offset()));
        } while (member.isPresent());
      } catch (ReplacedException | TarFormatException e) {
        // what was found up to here counts
      }
      scanned = part;
    }
    return offsets.get(name);
  }
}
