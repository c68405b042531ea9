package monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.OwnerOnly;

/** Keeps the history for the next process, in a file of the data folder. */
final class HistoryFile {
  /**
   * What is kept.
   *
   * @param saved when, in seconds since 1970
   * @param hour steps by their numbers, as {@code day}
   */
  record Kept(
      long saved,
      Map<Long, RollingSeries.Step> hour,
      Map<Long, RollingSeries.Step> day,
      List<KeptMark> marks) {
    /** Detects what is missing in a damaged file, and invalid times. */
    Kept {
      hour = Map.copyOf(hour);
      day = Map.copyOf(day);
      marks = List.copyOf(marks);
      Instant.ofEpochSecond(saved);
    }
  }

  /** A mark, with times in milliseconds since 1970. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record KeptMark(
      Mark.Kind kind,
      long at,
      @Nullable Long until,
      @Nullable Integer script,
      @Nullable String reason) {
    KeptMark {
      Objects.requireNonNull(kind);
    }

    static KeptMark of(Mark mark) {
      Instant until = mark.until();
      return new KeptMark(
          mark.kind(),
          mark.at().toEpochMilli(),
          until == null ? null : until.toEpochMilli(),
          mark.script(),
          mark.reason());
    }

    Mark mark() {
      return new Mark(
          kind,
          Instant.ofEpochMilli(at),
          until == null ? null : Instant.ofEpochMilli(until),
          script,
          reason);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  HistoryFile(Path file) {
    this.file = file;
  }

  /** What the last process kept; empty if there is nothing that can be read. */
  Optional<Kept> read() {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readValue(file.toFile(), Kept.class)); // it may be null
    } catch (IOException e) {
      LOG.warn("the history of the dashboards begins anew: {} cannot be read", file.getFileName());
      return Optional.empty();
    }
  }

  /** Replaces the file; a failure costs nothing but the history. */
  void write(Kept kept) {
    Path written = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.deleteIfExists(written);
      try (OutputStream out = OwnerOnly.create(written)) {
        JSON.writeValue(out, kept);
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.debug("the history of the dashboards could not be kept", e);
    }
  }
}
