package portal.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import config.UsageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarvestListTest {
  @TempDir private Path folder;

  private HarvestList list(int pageSize, byte[] bytes) throws IOException {
    InputStream dribbling =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int available() {
            return 0; // as that of a connection
          }
        };
    Path records = folder.resolve("a");
    Path pages = folder.resolve("b");
    HarvestList.Content content =
        ListCopy.copy(ListBytes.of(dribbling), "list", pageSize, records, pages);
    HarvestList.keep(folder, content, records, pages);
    return HarvestList.in(folder).orElseThrow();
  }

  private HarvestList list(int pageSize, String text) throws IOException {
    return list(pageSize, text.getBytes(UTF_8));
  }

  private static byte[] packed(String... members) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (String member : members) {
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(member.getBytes(UTF_8));
      }
    }
    return packed.toByteArray();
  }

  private static List<String> urls(HarvestList list, int page) {
    return list.page(page).stream().map(row -> row.field("url").orElse("-")).toList();
  }

  @Test
  void aPageHasAFixedNumberOfRecordsHoweverManyLinesTheyTake() throws IOException {
    HarvestList list =
        list(
            2,
            "URL , Title\r\n"
                + "/1.pdf,\"two\r\nlines, \"\"quoted\"\"\"\r\n"
                + "\r\n"
                + "\"/2.pdf\",plain \"quotes\"\r\n"
                + "  \n"
                + "/3.pdf,\"\"\n"
                + ",no address\n"
                + "\"/5.pdf\"");

    assertThat(list.total()).isEqualTo(5);
    assertThat(list.lastPage()).isEqualTo(3);
    assertThat(urls(list, 1)).containsExactly("/1.pdf", "/2.pdf");
    assertThat(list.page(1).get(0).field("title")).contains("two\r\nlines, \"quoted\"");
    assertThat(list.page(1).get(1).field("title")).contains("plain \"quotes\"");
    assertThat(urls(list, 2)).containsExactly("/3.pdf", "-");
    assertThat(list.page(2).get(0).field("title")).isEmpty();
    assertThat(list.page(2).get(1).raw()).isEqualTo(",no address");
    assertThat(urls(list, 3)).containsExactly("/5.pdf");
    assertThat(list.page(4)).isEmpty();
  }

  @Test
  void jsonLinesAreRecordsEvenIfTheyAreInvalid() throws IOException {
    HarvestList list =
        list(
            10,
            "\ufeff{\"url\":\"/1.pdf\",\"Size\":12,\"title\":null,\"more\":{\"a\":1}}\r\n\n"
                + "{\"url\":\"/2\n"
                + "[\"/3.pdf\"]\n"
                + "{\"url\":\"/4 \\u00e4.pdf\"}");

    assertThat(list.page(1)).hasSize(4);
    assertThat(list.page(1).get(0).fields()).isEqualTo(Map.of("url", "/1.pdf", "size", "12"));
    assertThat(list.page(1).get(1).fields()).isEmpty();
    assertThat(list.page(1).get(1).raw()).isEqualTo("{\"url\":\"/2");
    assertThat(list.page(1).get(2).fields()).isEmpty();
    assertThat(urls(list, 1)).endsWith("/4 ä.pdf");
  }

  @Test
  void aLineWithMoreThanOneObjectIsUnreadableSoThatNoneIsLost() throws IOException {
    HarvestList list = list(10, "{\"url\":\"/1.pdf\"}{\"url\":\"/2.pdf\"}\n{\"url\":\"/3.pdf\"}\n");

    assertThat(urls(list, 1)).containsExactly("-", "/3.pdf");
    assertThat(list.page(1).get(0).raw()).contains("/1.pdf", "/2.pdf");
  }

  @Test
  void aCommaAfterAnObjectMeansNothing() throws IOException {
    assertThat(urls(list(10, "{\"url\":\"/1.pdf\"},\n{\"url\":\"/2.pdf\"} , \n"), 1))
        .containsExactly("/1.pdf", "/2.pdf");
  }

  @Test
  void anUnclosedQuoteIsReportedHoweverShortTheRestIs() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> list(2, "title,url\nA,/1.pdf\n\"B,/2.pdf\nC,/3.pdf\n"))
        .withMessageContainingAll("record 2", "quote");
  }

  @Test
  void aCompressedListMayHaveSeveralMembers() throws IOException {
    HarvestList list = list(2, packed("\ufeffpath\na.pdf\nb", ".pdf\nc.pdf\n", "d.pdf"));

    assertThat(list.total()).isEqualTo(4);
    assertThat(list.page(1).get(1).field("path")).contains("b.pdf");
    assertThat(list.page(2).get(1).field("path")).contains("d.pdf");
  }

  @Test
  void theSameListHasTheSameHashHoweverItIsCompressed() throws IOException {
    String plain = list(2, "url\n/1.pdf\n").content().sha256();

    assertThat(list(2, packed("url\n", "/1.pdf\n")).content().sha256()).isEqualTo(plain);
    assertThat(list(2, "url\n/2.pdf\n").content().sha256()).isNotEqualTo(plain);
  }

  @Test
  void anInvalidListIsReportedInOneLine() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> list(2, "<html>\nx\n"))
        .withMessageContainingAll("<html>", "url", "path");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> list(2, "url,title\n\n"))
        .withMessageContaining("holds no record");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> list(2, ""))
        .withMessageContaining("holds no record");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> list(2, "url\n/1.pdf\n\"/2.pdf\n" + "/3.pdf\n".repeat(100_000)))
        .withMessageContainingAll("record 2", "quote");
  }
}
