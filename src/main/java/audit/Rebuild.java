package audit;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import ledger.LedgerRestore;
import ledger.RestoredRow;
import ledger.UnstoredRow;
import model.DocumentState;
import model.FailureReason;
import model.PageRange;
import model.Validators;
import org.jspecify.annotations.Nullable;
import platform.Threads;
import store.BadManifestException;
import store.ManifestRow;
import store.Manifests;
import store.StoreException;
import store.StoredObject;

/** Restores the ledger of an instance from the manifests of its pages. */
public final class Rebuild {
  /** Manifests read at once; the client needs as many connections. */
  public static final int PARALLEL = 16;

  /** A page with fewer rows says nothing about whether a person has accepted it. */
  private static final int ROWS_OF_A_HELD_PAGE = 3;

  /** Rejections that happen when a document is fetched; all others happen when it is listed. */
  private static final Set<FailureReason> REJECTED_DOCUMENTS =
      Set.of(FailureReason.TOO_LARGE, FailureReason.ROBOTS);

  private final Manifests manifests;
  private final Consumer<String> unreadable;
  private final IntConsumer progress;
  private int lastPage;
  private int pages;
  private long stored;
  private long notStored;

  private record Read(int page, Instant written, Future<Optional<List<ManifestRow>>> rows) {}

  /**
   * @param unreadable is told every manifest that cannot be read; its page stays open
   * @param progress is told how many pages are restored
   */
  public Rebuild(Manifests manifests, Consumer<String> unreadable, IntConsumer progress) {
    this.manifests = manifests;
    this.unreadable = unreadable;
    this.progress = progress;
  }

  /**
   * Restores these pages.
   *
   * @throws StoreException when the store does not answer
   * @throws IOException when the ledger cannot be written
   */
  public void restore(PageRange range, LedgerRestore ledger)
      throws IOException, InterruptedException {
    ExecutorService readers = Threads.scheduled("rebuild", PARALLEL);
    Queue<Read> underWay = new ArrayDeque<>();
    try {
      for (StoredObject object : manifests.objects()) {
        OptionalInt page = manifests.page(object.key());
        if (page.isPresent() && range.contains(page.getAsInt())) {
          underWay.add(
              new Read(
                  page.getAsInt(),
                  object.modified(),
                  readers.submit(() -> manifests.read(page.getAsInt()))));
        }
        if (underWay.size() >= 2 * PARALLEL) {
          take(underWay.remove(), ledger);
        }
      }
      while (!underWay.isEmpty()) {
        take(underWay.remove(), ledger);
      }
    } finally {
      readers.shutdownNow();
    }
  }

  private void take(Read read, LedgerRestore ledger) throws IOException, InterruptedException {
    try {
      List<ManifestRow> rows = read.rows().get().orElse(List.of());
      if (rows.isEmpty()) {
        tell(read.page(), "it has no rows");
        return;
      }
      Instant listed = Manifests.listedAt(rows).orElse(read.written());
      ledger.page(
          read.page(),
          total(rows),
          isAccepted(rows),
          rows.stream().map(row -> restored(read.page(), row, listed)).toList(),
          ManifestRow.names(rows));
      lastPage = Math.max(lastPage, read.page());
      progress.accept(++pages);
      long here = rows.stream().filter(ManifestRow::isStored).count();
      stored += here;
      notStored += rows.size() - here;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadManifestException bad) {
        tell(read.page(), String.valueOf(bad.getMessage()));
      } else if (e.getCause() instanceof StoreException store) {
        throw store;
      } else {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private void tell(int page, String why) {
    unreadable.accept(
        "page %d stays open, to be listed again: %s cannot be read (%s)"
            .formatted(page, manifests.key(page).text(), why));
  }

  private static @Nullable Long total(List<ManifestRow> rows) {
    return Manifests.total(rows).isPresent() ? Manifests.total(rows).getAsLong() : null;
  }

  /** A page without any stored document is closed only if a person accepts that. */
  private static boolean isAccepted(List<ManifestRow> rows) {
    return rows.stream().noneMatch(ManifestRow::isStored)
        && rows.stream().filter(row -> !FailureReason.WITHHELD.equals(row.reason())).count()
            >= ROWS_OF_A_HELD_PAGE;
  }

  private static RestoredRow restored(int page, ManifestRow row, Instant listed) {
    if (row.isStored()) {
      return new RestoredRow(
          null,
          row.id(),
          DocumentState.STORED,
          "",
          OptionalInt.empty(),
          Objects.requireNonNull(row.size()), // checked by the reader of manifests
          Objects.requireNonNull(row.sha256()),
          row.defect(),
          new Validators(row.facts().get("etag"), row.facts().get("last_modified")),
          row.previousSha256(),
          row.storedAt() == null ? listed : row.storedAt());
    }
    FailureReason reason = Objects.requireNonNull(row.reason());
    return new RestoredRow(
        new UnstoredRow(
            page,
            row.row(),
            row.id(),
            row.url(),
            row.facts().get("title"),
            row.state(),
            reason.word(),
            0,
            null,
            row.acceptance()),
        row.id(),
        row.isRejected() && !REJECTED_DOCUMENTS.contains(reason) ? null : row.state(),
        reason.word(),
        row.httpStatus(),
        0,
        "",
        null,
        Validators.NONE,
        null,
        listed);
  }

  /** The last page that was restored; 0 if none was. */
  public int lastPage() {
    return lastPage;
  }

  /** How many pages were restored. */
  public int pages() {
    return pages;
  }

  /** How many of their rows are stored. */
  public long stored() {
    return stored;
  }

  /** How many of their rows are not. */
  public long notStored() {
    return notStored;
  }
}
