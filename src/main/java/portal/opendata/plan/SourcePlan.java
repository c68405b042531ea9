package portal.opendata.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The plan of a harvest from open data, as its file has it: {@code plan.jsonl}. The names that
 * stand in it stay in the file. Immutable.
 */
public final class SourcePlan {
  /** Its name in the data folder and below the manifest prefix. */
  public static final String FILE = "plan.jsonl";

  static final String NAMES = "names";

  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final PlanHeader header;
  private final List<PlanLine> lines;
  private final NavigableMap<Integer, PlanLine> byFirstPage = new TreeMap<>();

  /** Where in the file the names of a page begin. */
  private final Map<Integer, Long> names;

  private SourcePlan(Path file, PlanHeader header, List<PlanLine> lines, Map<Integer, Long> names) {
    this.file = file;
    this.header = header;
    this.lines = List.copyOf(lines);
    this.names = names;
    for (PlanLine line : lines) {
      if (line.pages() > 0) {
        byFirstPage.put(line.firstPage(), line);
      }
    }
  }

  /**
   * Opens a plan.
   *
   * @throws IOException if the file cannot be read, or is no plan
   */
  public static SourcePlan open(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        JsonParser json = JSON.createParser(in)) {
      PlanReader reader = new PlanReader(json);
      PlanHeader header = reader.header();
      List<PlanLine> lines = new ArrayList<>();
      Map<Integer, Long> names = new HashMap<>();
      while (reader.line(header.pageSize())) {
        lines.add(reader.read());
        reader.pagesOfNames().forEach(names::put);
      }
      return new SourcePlan(file, header, lines, names);
    }
  }

  /** What the plan was made for. */
  public PlanHeader header() {
    return header;
  }

  /** All lines, in the order of their pages. */
  public List<PlanLine> lines() {
    return lines;
  }

  /** The line that a page belongs to. */
  public PlanLine lineOf(int page) {
    Map.Entry<Integer, PlanLine> line = byFirstPage.floorEntry(page);
    if (line == null || page > line.getValue().lastPage()) {
      throw new IllegalArgumentException("the plan has no page " + page);
    }
    return line.getValue();
  }

  /**
   * The names of a page whose documents are in no tar.
   *
   * @throws IOException if the file cannot be read
   */
  public List<String> names(int page) throws IOException {
    PlanLine line = lineOf(page);
    long place = line.files() - (long) (page - line.firstPage()) * header.pageSize();
    List<String> found = new ArrayList<>();
    InputStream begin = new ByteArrayInputStream("[".getBytes(StandardCharsets.US_ASCII));
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      in.skipNBytes(names.getOrDefault(page, 0L));
      JsonParser json = JSON.createParser(new SequenceInputStream(begin, in));
      json.nextToken();
      while (found.size() < Math.min(place, header.pageSize())
          && json.nextToken() == JsonToken.VALUE_STRING) {
        found.add(json.getText());
      }
    }
    return found;
  }

  /** Lines of the first plan; what was appended later belongs to the last script. */
  private List<PlanLine> original() {
    return lines.stream().filter(line -> line.growth() == 0).toList();
  }

  /** Pages of the first plan, which are divided among the scripts. */
  public int pages() {
    return original().stream().mapToInt(PlanLine::pages).sum();
  }

  /** All pages, with those that were appended. */
  public int allPages() {
    return lines.stream().mapToInt(PlanLine::pages).sum();
  }

  /** Documents of the first plan. */
  public long files() {
    return original().stream().mapToLong(PlanLine::files).sum();
  }

  /** The first page of each part, with the number of documents before it. */
  public SortedMap<Integer, Long> starts() {
    SortedMap<Integer, Long> starts = new TreeMap<>();
    long before = 0;
    for (PlanLine line : original()) {
      if (line.pages() > 0) {
        starts.put(line.firstPage(), before);
      }
      before += line.files();
    }
    return Collections.unmodifiableSortedMap(starts);
  }
}
