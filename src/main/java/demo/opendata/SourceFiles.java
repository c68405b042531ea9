package demo.opendata;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import demo.opendata.TarWriter.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** Writes the files of one partition. */
final class SourceFiles {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Set<SourceDefect> defects;
  private final SourceLayout layout;
  private final SourcePartition partition;

  SourceFiles(Set<SourceDefect> defects, SourceLayout layout, SourcePartition partition) {
    this.defects = defects;
    this.layout = layout;
    this.partition = partition;
  }

  /** Returns the bytes of each file by its key. */
  Map<String, byte[]> write() {
    Map<String, byte[]> files = new TreeMap<>();
    List<SourceDocument> documents = layout.documents().getOrDefault(partition, List.of());
    for (SourceDocument document : documents) {
      if (document.isObject()) {
        files.put(document.objectKey(), document.objectBytes());
      }
    }
    data(files);
    metadata(files, documents.stream().filter(SourceDocument::hasMetadata).toList());
    return files;
  }

  private void data(Map<String, byte[]> files) {
    ObjectNode index = index();
    int count = 0;
    long sum = 0;
    for (SourcePart part : layout.parts()) {
      if (!part.partition().equals(partition)) {
        continue;
      }
      byte[] tar = tar(part);
      if (part.exists()) {
        files.put(part.key(), tar);
      }
      if (part.inIndex()) {
        part(index, part.name(), part.names(), tar.length);
        count += part.names().size();
        sum += tar.length;
      }
    }
    if (layout.hasIndex(partition)) {
      files.put("data/tar/" + partition.path() + "/data.index.json", sums(index, count, sum));
    }
  }

  private byte[] tar(SourcePart part) {
    TarWriter tar = new TarWriter(format(part.members()));
    part.members().forEach(member -> tar.add(member.pdfName(), member.inTarBytes()));
    return tar.toBytes();
  }

  private Format format(List<SourceDocument> members) {
    if (!defects.contains(SourceDefect.TAR_FORMATS)) {
      return Format.GNU;
    }
    boolean isLong = members.stream().anyMatch(member -> member.has(SourceDefect.LONG_NAME));
    int choice = Math.floorMod(partition.path().hashCode(), isLong ? 2 : 3);
    return List.of(Format.GNU, Format.PAX, Format.USTAR).get(choice);
  }

  private ObjectNode index() {
    ObjectNode index = JSON.objectNode();
    index.put("file_count", 0);
    index.put("tar_size", 0);
    index.put("tar_size_human", "");
    index.put("updated_at", "2026-04-11T12:00:00Z");
    boolean isDated = !defects.contains(SourceDefect.NO_DATE) || partition.year() % 3 != 0;
    if (isDated) {
      index.put("scraped_through_date", "2026-04-10");
    }
    index.putArray("parts");
    return index;
  }

  private static void part(ObjectNode index, String name, List<String> names, long size) {
    ObjectNode part = index.withArray("parts").addObject();
    part.put("name", name);
    ArrayNode files = part.putArray("files");
    names.forEach(files::add);
    part.put("file_count", names.size());
    part.put("size", size);
    part.put("size_human", human(size));
    part.put("created_at", "2026-04-11T12:00:00Z");
  }

  private static byte[] sums(ObjectNode index, int count, long size) {
    index.put("file_count", count);
    index.put("tar_size", size);
    index.put("tar_size_human", human(size));
    return index.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String human(long size) {
    return "%.2f MB".formatted(size / 1024.0 / 1024.0);
  }

  private void metadata(Map<String, byte[]> files, List<SourceDocument> documents) {
    String folder = "metadata/tar/" + partition.path() + "/";
    TarWriter tar = new TarWriter(Format.PAX);
    List<String> names = new ArrayList<>();
    for (SourceDocument document : documents) {
      byte[] json = json(document);
      String name = document.name() + ".json";
      names.add(name);
      tar.add(name, json);
      files.put("metadata/json/" + partition.path() + "/" + name, json);
    }
    byte[] gzip = gzip(tar.toBytes());
    String name =
        layout.hasOldNames(partition) ? "metadata.tar.gz" : "part-20260411T120000Z.tar.gz";
    files.put(folder + name, gzip);
    ObjectNode index = index();
    part(index, name, names, gzip.length);
    files.put(folder + "metadata.index.json", sums(index, names.size(), gzip.length));
  }

  private static byte[] json(SourceDocument document) {
    String own = document.judgment().path().orElse("");
    String row = document.judgment().rowHtml(0);
    ObjectNode json = JSON.objectNode();
    json.put("court_code", document.partition().court().replace('_', '~'));
    json.put("court_name", document.judgment().court());
    json.put(
        "raw_html",
        document.link() == null || own.isEmpty() ? row : row.replace(own, document.link()));
    json.put("pdf_link", document.link() == null ? "" : document.link());
    json.put("downloaded", document.link() != null);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] gzip(byte[] bytes) {
    int pieces = defects.contains(SourceDefect.GZIP_MEMBERS) ? 3 : 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int size = bytes.length / pieces + 1;
    for (int at = 0; at < bytes.length; at += size) {
      try (GZIPOutputStream member = new GZIPOutputStream(out)) {
        member.write(bytes, at, Math.min(size, bytes.length - at));
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory", e);
      }
    }
    return out.toByteArray();
  }
}
