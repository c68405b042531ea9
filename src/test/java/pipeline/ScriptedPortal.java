package pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import model.FailureReason;
import portal.Dialect;
import portal.Download;
import portal.Listing;
import portal.Row;

/** A portal that does what a test has told it, and gives whatever else it is asked for. */
final class ScriptedPortal implements Dialect.Session {
  static final String SHA256 = "cd".repeat(32);
  static final int SIZE = 11;

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Queue<Runnable>> documents = new ConcurrentHashMap<>();
  private final Queue<Runnable> listings = new ArrayDeque<>();
  private final List<String> fetched = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private int listed;

  /** Lists so many documents, {@code doc/1.pdf} and so on. */
  ScriptedPortal lists(int count) {
    IntStream.rangeClosed(1, count).mapToObj(ScriptedPortal::row).forEach(rows::add);
    return this;
  }

  /** Lists a row more, whose document is never fetched. */
  ScriptedPortal listsForeignHost() {
    return lists(FailureReason.FOREIGN_HOST);
  }

  /** Lists a row more that the portal itself withholds. */
  ScriptedPortal listsWithheld() {
    return lists(FailureReason.WITHHELD);
  }

  private ScriptedPortal lists(FailureReason rejection) {
    int number = rows.size() + 1;
    rows.add(new Row(number, "elsewhere", "http://else/", rejection, Map.of()));
    return this;
  }

  /** Lists so many documents of a source that does not change by asking again. */
  ScriptedPortal listsOfFinalSource(int count) {
    for (int number = rows.size() + 1; count > 0; number++, count--) {
      Row row = row(number);
      rows.add(new Row(number, row.id(), row.url(), null, Map.of("source", "opendata")));
    }
    return this;
  }

  /** Lists a document more, on another host. */
  ScriptedPortal listsOn(String host) {
    rows.add(row(host, rows.size() + 1));
    return this;
  }

  static Row row(int number) {
    return row("portal", number);
  }

  static Row row(String host, int number) {
    String id = "doc/" + number + ".pdf";
    return new Row(
        number, id, "http://" + host + "/" + id, null, Map.of("title", "Case " + number));
  }

  /** Does this at the next try of a document, before it gives it. */
  ScriptedPortal onFetch(int number, Runnable action) {
    documents.computeIfAbsent(row(number).id(), id -> new ArrayDeque<>()).add(action);
    return this;
  }

  /** The same for several tries. */
  ScriptedPortal onFetch(int number, int tries, Runnable action) {
    IntStream.range(0, tries).forEach(i -> onFetch(number, action));
    return this;
  }

  /** Does this at the next listing, before it gives it. */
  ScriptedPortal onList(Runnable action) {
    listings.add(action);
    return this;
  }

  static Runnable fails(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  @Override
  public int parallel() {
    return 1;
  }

  @Override
  public synchronized Listing list(int page) {
    listed++;
    Runnable action = listings.poll();
    if (action != null) {
      action.run();
    }
    return new Listing(page, rows, OptionalLong.of(rows.size()));
  }

  @Override
  public synchronized Download fetch(Row row, Path file) {
    fetched.add(row.id());
    try {
      Files.writeString(file, "%PDF- %%EOF");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runnable action = documents.getOrDefault(row.id(), new ArrayDeque<>()).poll();
    if (action != null) {
      action.run();
    }
    return new Download(file, SIZE, SHA256);
  }

  @Override
  public synchronized void answer(String captcha) {
    answers.add(captcha);
  }

  /** How often a listing was asked for. */
  synchronized int listed() {
    return listed;
  }

  /** The documents in the order in which they were asked for. */
  synchronized List<String> fetched() {
    return List.copyOf(fetched);
  }

  synchronized List<String> answers() {
    return List.copyOf(answers);
  }
}
