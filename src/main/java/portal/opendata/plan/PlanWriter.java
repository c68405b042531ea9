package portal.opendata.plan;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes a plan line by line, and counts its pages. */
final class PlanWriter implements Closeable {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).build();

  private final OutputStream out;
  private final int pageSize;
  private final int growth;
  private int next;

  /**
   * @param firstPage the page that the first line begins with
   * @param growth 0 for a first plan
   */
  PlanWriter(OutputStream out, int pageSize, int firstPage, int growth) {
    this.out = out;
    this.pageSize = pageSize;
    this.next = firstPage;
    this.growth = growth;
  }

  void header(PlanHeader header) throws IOException {
    JsonMapper json = JSON;
    var object = json.createObjectNode();
    header
        .values()
        .forEach(
            (key, value) -> {
              if (key.equals(PlanHeader.PAGE_SIZE)) {
                object.put(key, Integer.parseInt(value));
              } else {
                object.put(key, value);
              }
            });
    out.write(json.writeValueAsBytes(object));
    out.write('\n');
  }

  /** Appends the line of a tar. */
  void part(String partition, String part, String etag, long size, long files) throws IOException {
    PlanLine line = line(partition, part, etag, size, files);
    out.write(JSON.writeValueAsBytes(line));
    out.write('\n');
  }

  /**
   * Appends the line of documents that are in no tar.
   *
   * @param names a file with a name a line
   */
  void objects(String partition, Path names, long files) throws IOException {
    PlanLine line = line(partition, null, null, 0, files);
    byte[] json = JSON.writeValueAsBytes(line);
    out.write(json, 0, json.length - 1);
    out.write((",\"" + SourcePlan.NAMES + "\":[").getBytes(StandardCharsets.US_ASCII));
    try (BufferedReader each = Files.newBufferedReader(names)) {
      String separator = "";
      for (String name = each.readLine(); name != null; name = each.readLine()) {
        out.write(separator.getBytes(StandardCharsets.US_ASCII));
        out.write(JSON.writeValueAsBytes(name));
        separator = ",";
      }
    }
    out.write("]}\n".getBytes(StandardCharsets.US_ASCII));
  }

  private PlanLine line(
      String partition, @Nullable String part, @Nullable String etag, long size, long files) {
    int pages = Math.toIntExact((files + pageSize - 1) / pageSize);
    PlanLine line = new PlanLine(partition, part, etag, size, files, next, pages, growth);
    next = Math.addExact(next, pages);
    return line;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
