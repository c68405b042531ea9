package portal.list;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import config.Configuration;
import config.ConfigurationLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import model.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import portal.AllowedHosts;
import portal.Dialect;
import portal.PortalScope;
import portal.Row;
import portal.TransientMemory;
import testing.VirtualTicker;

class ListTypeTest {
  private static final int PAGE_SIZE = 10;

  private static final Map<String, String> AT_THE_PORTAL =
      Map.of("PORTAL_TYPE", "list", "PORTAL_URL", "http://portal.test/l.csv");

  @TempDir private Path folder;

  private Dialect dialect(byte[] list, Map<String, String> environment) throws IOException {
    Path records = folder.resolve("a");
    Path pages = folder.resolve("b");
    HarvestList.Content content =
        ListCopy.copy(
            ListBytes.of(new ByteArrayInputStream(list)), "list", PAGE_SIZE, records, pages);
    HarvestList.keep(folder, content, records, pages);
    Configuration configuration =
        ConfigurationLoader.in(Path.of("no-such-folder"), environment, List.of(new ListType()))
            .load();
    AllowedHosts allowed = new AllowedHosts(List.of("portal.test"));
    return new ListType()
        .create(
            configuration.values(),
            new PortalScope(allowed, PAGE_SIZE, 1, 1_000, 5, Optional.of(folder)),
            new VirtualTicker(),
            InstantSource.system());
  }

  private static List<Row> rows(Dialect dialect) {
    return dialect
        .open(
            request -> {
              throw new AssertionError("the list is on this machine");
            },
            new TransientMemory())
        .list(1)
        .rows();
  }

  @Test
  void droppedParametersAreRequestedButNotPartOfTheKey() throws IOException {
    Dialect dialect =
        dialect(
            "url\n/a.pdf?sid=7&v=2&utm_source=x\n".getBytes(UTF_8),
            Map.of(
                "PORTAL_TYPE", "list",
                "PORTAL_URL", "http://portal.test/l.csv",
                "PORTAL_DROP_PARAMETERS", "sid,utm_*"));

    Row row = rows(dialect).get(0);
    assertThat(row.id()).isEqualTo("a.pdf%3Fv=2");
    assertThat(row.url()).isEqualTo("http://portal.test/a.pdf?sid=7&v=2&utm_source=x");
  }

  @Test
  void aRecordWhoseAddressOrKeyIsNoUtf8IsUnreadableSinceAnotherOneCouldBeReadAlike()
      throws IOException {
    byte[] latin =
        "url,key,title\n/\u00e9.pdf,,A\n/\u00e8.pdf,,B\n/3.pdf,\u00e9,C\n/4.pdf,,\u00e9\n"
            .getBytes(ISO_8859_1);

    assertThat(rows(dialect(latin, AT_THE_PORTAL)))
        .extracting(Row::rejection)
        .containsExactly(
            FailureReason.UNREADABLE, FailureReason.UNREADABLE, FailureReason.UNREADABLE, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url,key\n/1.pdf,x y\n/2.pdf,x%20y\n/1.pdf,x%20y\n/3.pdf,X Y\n",
        "url,key\n/1.pdf,k\n/2.pdf,k\n/./1.pdf,k\n/2.pdf,\n",
        "url,key\n/1.pdf,\n/2.pdf,1.pdf\n/1.pdf,1.pdf\n/2.pdf,\n",
        "{\"url\":\"/1.pdf\",\"Key\":\"k\"}\n{\"url\":\"/2.pdf\",\"key\":\"k\"}\n"
            + "{\"url\":\"/1.pdf\",\"key\":\"k\"}\n{\"url\":\"/2.pdf\"}\n"
      })
  void aKeyUnderWhichTheDocumentOfAnotherAddressLiesIsUnreadable(String list) throws IOException {
    List<Row> rows = rows(dialect(list.getBytes(UTF_8), AT_THE_PORTAL));

    assertThat(rows)
        .extracting(Row::rejection)
        .containsExactly(null, FailureReason.UNREADABLE, null, null);
    assertThat(rows.get(1).facts().get("raw")).contains("/2.pdf");
    assertThat(rows.get(2).id()).isEqualTo(rows.get(0).id());
  }

  @Test
  void whichKeysAreTakenDoesNotDependOnThePageThatAsks() throws IOException {
    StringBuilder list = new StringBuilder("url,key\n");
    for (int i = 0; i < 2 * PAGE_SIZE + 1; i++) {
      list.append("/%d.pdf,k%d\n".formatted(i, i % PAGE_SIZE));
    }
    Dialect.Session session =
        dialect(list.toString().getBytes(UTF_8), AT_THE_PORTAL)
            .open(
                request -> {
                  throw new AssertionError();
                },
                new TransientMemory());

    assertThat(session.list(3).rows())
        .extracting(Row::rejection)
        .containsExactly(FailureReason.UNREADABLE);
    assertThat(session.list(2).rows()).noneMatch(Row::isFetchable);
    assertThat(session.list(1).rows()).allMatch(Row::isFetchable);
  }

  @Test
  void takenKeysAreLookedForOncePerListAndSettings() throws IOException {
    byte[] list = "url,key\n/1.pdf?s=1,k\n/1.pdf?s=2,k\n".getBytes(UTF_8);
    Map<String, String> dropping = new HashMap<>(AT_THE_PORTAL);
    dropping.put("PORTAL_DROP_PARAMETERS", "s");

    assertThat(rows(dialect(list, AT_THE_PORTAL)))
        .extracting(Row::isFetchable)
        .containsExactly(true, false);
    Path kept;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.taken")) {
      kept = files.iterator().next();
    }
    Files.writeString(kept, "0\n", StandardOpenOption.APPEND);
    assertThat(rows(dialect(list, AT_THE_PORTAL)))
        .as("what is kept counts")
        .extracting(Row::isFetchable)
        .containsExactly(false, false);
    assertThat(rows(dialect(list, dropping))).as("one address").allMatch(Row::isFetchable);
  }

  @Test
  void aKeyThatNamesNothingIsUnreadable() throws IOException {
    Dialect dialect =
        dialect("url,key\n/1.pdf,/\n/2.pdf,///\n/3.pdf,/a\n".getBytes(UTF_8), AT_THE_PORTAL);

    assertThat(rows(dialect))
        .extracting(Row::rejection)
        .containsExactly(FailureReason.UNREADABLE, FailureReason.UNREADABLE, null);
  }
}
