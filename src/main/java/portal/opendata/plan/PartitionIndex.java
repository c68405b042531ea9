package portal.opendata.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import platform.GzipMembers;
import store.SourceBucket;
import store.SourceObject;
import store.StoreException;
import store.StoreException.Kind;

/**
 * Reads the index of a partition, {@code data.index.json} or {@code metadata.index.json}, name by
 * name: an index may name a million files. What it lacks or has twice is left to the reader. It may
 * be compressed with gzip, as objects with a {@code Content-Encoding} are.
 */
public final class PartitionIndex {
  private static final JsonFactory JSON = new JsonFactory();

  /** Gets each name in the order of the index. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param part name of the part that holds the file; empty if the index does not say
     * @param file its bare name
     */
    void visit(String part, String file);
  }

  private final JsonParser json;
  private final Visitor visitor;

  private PartitionIndex(JsonParser json, Visitor visitor) {
    this.json = json;
    this.visitor = visitor;
  }

  /** The key of the index of a partition's PDFs. */
  public static String dataKey(String partition) {
    return "data/tar/" + partition + "/data.index.json";
  }

  /** The key of the index of a partition's metadata. */
  public static String metadataKey(String partition) {
    return "metadata/tar/" + partition + "/metadata.index.json";
  }

  /**
   * Reads an index of the source.
   *
   * @return whether the source has one
   * @throws BadIndexException if it is no JSON; what came before was visited
   * @throws StoreException if the source does not answer, or the index breaks off
   */
  public static boolean read(SourceBucket source, String key, Visitor visitor)
      throws BadIndexException {
    try (InputStream body = source.open(key, 0)) {
      read(body, key, visitor);
      return true;
    } catch (StoreException e) {
      if (source.lacks(e)) {
        return false;
      }
      throw e;
    } catch (IOException e) {
      throw new StoreException(Kind.AWAY, "%s breaks off: %s".formatted(key, e.getMessage()));
    }
  }

  /**
   * Reads the distinct names of one part, in the order of the index.
   *
   * @return whether the index names any; no index, or one that is no JSON, names none
   * @throws StoreException if the source does not answer
   */
  public static boolean names(
      SourceBucket source, String partition, String part, Consumer<String> each) {
    NameSet seen = new NameSet();
    try {
      read(
          source,
          dataKey(partition),
          (its, name) -> {
            if (its.equals(part) && seen.add(name)) {
              each.accept(name);
            }
          });
    } catch (BadIndexException e) {
      return false;
    }
    return seen.size() > 0;
  }

  /**
   * The parts that a partition has now: those that its index names; without an index all its tars.
   *
   * @throws StoreException if the source does not answer
   */
  public static List<String> parts(SourceBucket source, String partition) {
    Set<String> parts = new LinkedHashSet<>();
    try {
      if (read(source, dataKey(partition), (part, name) -> parts.add(part))) {
        parts.remove("");
        return List.copyOf(parts);
      }
    } catch (BadIndexException e) {
      parts.clear();
    }
    String folder = "data/tar/" + partition + "/";
    for (SourceObject object : source.list(folder)) {
      if (object.key().endsWith(".tar")) {
        parts.add(object.key().substring(folder.length()));
      }
    }
    return List.copyOf(parts);
  }

  static void read(InputStream in, String key, Visitor visitor)
      throws IOException, BadIndexException {
    try (InputStream plain = GzipMembers.open(in);
        JsonParser json = JSON.createParser(plain)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadIndexException(key + " is not a JSON object");
      }
      new PartitionIndex(json, visitor).index();
      plain.transferTo(OutputStream.nullOutputStream()); // gzip has its checksum at the end
    } catch (ZipException | EOFException e) {
      throw new BadIndexException("%s is not gzip: %s".formatted(key, e.getMessage()));
    } catch (CharConversionException e) {
      throw new BadIndexException("%s is not JSON: %s".formatted(key, e.getMessage()));
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : ", line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new BadIndexException("%s is not JSON%s".formatted(key, where));
    }
  }

  private void index() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("parts") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          if (json.currentToken() == JsonToken.START_OBJECT) {
            part();
          } else {
            json.skipChildren();
          }
        }
      } else if (field.equals("files") && value == JsonToken.START_ARRAY) {
        files("", null);
      } else {
        json.skipChildren();
      }
    }
  }

  /** Its name comes before its files, unless somebody has sorted the fields. */
  private void part() throws IOException {
    String part = null;
    List<String> early = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("name") && value == JsonToken.VALUE_STRING) {
        part = json.getText();
      } else if (field.equals("files") && value == JsonToken.START_ARRAY) {
        files(part == null ? "" : part, part == null ? early : null);
      } else {
        json.skipChildren();
      }
    }
    for (String file : early) {
      visitor.visit(part == null ? "" : part, file);
    }
  }

  private void files(String part, @Nullable List<String> instead) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING || json.getText().isBlank()) {
        json.skipChildren();
      } else if (instead == null) {
        visitor.visit(part, json.getText());
      } else {
        instead.add(json.getText());
      }
    }
  }
}
