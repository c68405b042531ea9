package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Nginx;

/**
 * A real collection, PDFs of a Debian documentation package, behind a real web server, nginx. The
 * test command lays the collection out in {@code target/corpus}.
 */
class RealCollectionIT {
  private static final Path CORPUS = Path.of(System.getProperty("corpus", "target/corpus"));
  private static final int PAGE_SIZE = 25;

  @TempDir Path folder;

  @Test
  void theStoredBytesEqualTheOriginals() throws Exception {
    List<Path> pdfs = pdfs();
    assertThat(pdfs)
        .as("PDFs in " + CORPUS + "; ./harvester test puts them there")
        .hasSizeGreaterThan(200);
    Path listings = Files.createDirectory(folder.resolve("listings"));
    int pages = list(pdfs, listings);
    try (Nginx nginx = Nginx.of(folder.resolve("nginx"), listings, CORPUS.toAbsolutePath());
        Harvest harvest = new Harvest(folder, pdfs.size(), PAGE_SIZE)) {
      harvest.set("PORTAL_URL", nginx.url() + "/list/{page}.html").set("HARVEST_SCRIPTS", "4");
      harvest.set("S3_ENDPOINT", harvest.store.directEndpoint().toString());
      harvest.runToTheEnd();

      assertThat(harvest.manifest(pages)).isNotEmpty();
      Map<String, byte[]> stored = harvest.store.objects("judgments");
      assertThat(stored).hasSize(pdfs.size());
      for (Path pdf : pdfs) {
        assertThat(stored.get(CORPUS.relativize(pdf).toString()))
            .as(pdf.toString())
            .isEqualTo(Files.readAllBytes(pdf));
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  private static List<Path> pdfs() throws IOException {
    if (!Files.isDirectory(CORPUS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files
          .filter(file -> file.toString().endsWith(".pdf") && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private static int list(List<Path> pdfs, Path listings) throws IOException {
    int pages = (pdfs.size() + PAGE_SIZE - 1) / PAGE_SIZE;
    for (int page = 1; page <= pages; page++) {
      StringBuilder html = new StringBuilder("<!DOCTYPE html><title>Documents</title>");
      html.append("<p id=\"total\">").append(pdfs.size()).append(" documents</p><ul>");
      int last = Math.min(pdfs.size(), page * PAGE_SIZE);
      for (Path pdf : pdfs.subList((page - 1) * PAGE_SIZE, last)) {
        Path name = CORPUS.relativize(pdf);
        html.append("<li><a href=\"../").append(name).append("\">");
        html.append(pdf.getFileName()).append("</a></li>");
      }
      Files.writeString(listings.resolve(page + ".html"), html.append("</ul>").toString());
    }
    return pages;
  }
}
