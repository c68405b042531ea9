package portal.opendata;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import model.FailureReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.GzipMembers;
import portal.PortalException;
import portal.ecourts.ArchivedRows;
import portal.opendata.tar.TarFormatException;
import portal.opendata.tar.TarMember;
import portal.opendata.tar.TarReader;
import store.SourceBody;
import store.SourceObject;

/** Reads the metadata of a partition from the source. */
final class MetadataReader {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataReader.class);
  private static final int LARGEST = 1 << 20;
  private static final int MOST_LOSSES = 3;
  private static final String JSON = ".json";

  private final SourceWire wire;
  private final ArchivedRows rows;

  MetadataReader(SourceWire wire, ArchivedRows rows) {
    this.wire = wire;
    this.rows = rows;
  }

  /** The parts with metadata, whether the index names them or not. */
  List<SourceObject> parts(Slice slice) {
    return wire.ask(
        slice.metadataPrefix(),
        () -> {
          List<SourceObject> parts = new ArrayList<>();
          wire.bucket().list(slice.metadataPrefix()).forEach(parts::add);
          parts.removeIf(part -> !part.key().contains(".tar"));
          return parts;
        });
  }

  /** Reads all rows of these parts; of two with the same name the later one counts. */
  void read(List<SourceObject> parts, MetadataFile.Rows to) {
    for (SourceObject part : parts) {
      read(part, to);
    }
  }

  private void read(SourceObject part, MetadataFile.Rows to) {
    for (int losses = 0; ; losses++) {
      try (SourceBody body = wire.open(part.key(), 0)) {
        wire.until(body::abort, () -> read(body, to));
        return;
      } catch (PortalException e) {
        if (wire.lacks(e)) {
          LOG.info("{} is gone: what it had is read as objects", part.key());
          return;
        }
        throw e;
      } catch (TarFormatException | ZipException | EOFException e) {
        LOG.warn("{}: {}; what it lacks is read as objects", part.key(), e.getMessage());
        return;
      } catch (IOException e) {
        wire.desk().stop().throwIfStopped();
        if (losses == MOST_LOSSES) {
          throw new PortalException(
              FailureReason.RESET,
              "%s breaks off: %s".formatted(wire.address(part.key()), e.getMessage()));
        }
      }
    }
  }

  private int read(SourceBody body, MetadataFile.Rows to) throws IOException {
    int members = 0;
    TarReader tar = new TarReader(GzipMembers.open(body), 0);
    for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
      wire.desk().stop().throwIfStopped();
      TarMember member = next.get();
      String name = member.base();
      if (member.isFile() && name.endsWith(JSON) && member.size() <= LARGEST) {
        byte[] json = tar.content().readAllBytes();
        MetadataRow.read(json, rows)
            .ifPresent(row -> to.put(name.substring(0, name.length() - JSON.length()), row));
      }
      members++;
    }
    return members;
  }

  /** The metadata of a PDF from its own object; empty if there are none. */
  Optional<MetadataRow> object(Slice slice, String base) {
    try (SourceBody body = wire.open(slice.metadataKey(base), 0)) {
      return body.length() > LARGEST
          ? Optional.empty()
          : MetadataRow.read(body.readAllBytes(), rows);
    } catch (PortalException e) {
      if (wire.lacks(e)) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      wire.desk().stop().throwIfStopped();
      throw new PortalException(
          FailureReason.RESET,
          "%s breaks off: %s".formatted(wire.address(slice.metadataKey(base)), e.getMessage()));
    }
  }
}
