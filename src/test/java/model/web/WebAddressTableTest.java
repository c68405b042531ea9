package model.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The reading of addresses, compared with the test table of the WHATWG URL standard if the table is
 * next to the repository.
 */
class WebAddressTableTest {
  private static final Path TABLE = Path.of("..", "shared", "url", "urltestdata.json");

  /** What is deliberately read differently; WebAddress and WebHost say why. */
  private static final Set<String> DIFFERENT =
      Set.of(
          "http://host/?'",
          "https://www.example.com/path{\u007Fpath.html?query'\u007F=query#fragment<\u007Ffragment",
          "http://!\"$&'()*+,-.;=_`{}~/",
          "https://xn--/");

  @Test
  void addressesAreReadAsTheStandardsTableSays() throws IOException {
    assumeTrue(Files.exists(TABLE), TABLE + " is not here; it is not part of the repository");
    List<String> differences = new ArrayList<>();
    int cases = 0;
    for (JsonNode row : new ObjectMapper().readTree(TABLE.toFile())) {
      if (row.isObject() && concernsTheWeb(row)) {
        cases++;
        String expected = expected(row);
        String read = read(row);
        if (read.equals(expected) == DIFFERENT.contains(row.path("input").asText())) {
          differences.add(
              "%s on %s: %s, but the standard says %s"
                  .formatted(row.path("input"), row.path("base"), read, expected));
        }
      }
    }
    System.out.printf(
        "%d of %d cases agree with the standard, all but %s%n",
        cases - differences.size() - DIFFERENT.size(), cases, DIFFERENT);
    assertThat(differences).isEmpty();
  }

  private static boolean concernsTheWeb(JsonNode row) {
    return Stream.of("input", "base", "href").anyMatch(key -> isWeb(row.path(key).asText()));
  }

  private static boolean isWeb(String address) {
    return address.strip().regionMatches(true, 0, "http:", 0, 5)
        || address.strip().regionMatches(true, 0, "https:", 0, 6);
  }

  private static String expected(JsonNode row) {
    if (row.has("failure") || !isWeb(row.path("href").asText())) {
      return "nothing";
    }
    String search = row.path("search").asText();
    boolean emptyQuery = search.isEmpty() && row.path("href").asText().split("#")[0].endsWith("?");
    return row.path("protocol").asText()
        + "//"
        + row.path("host").asText()
        + row.path("pathname").asText()
        + (emptyQuery ? "?" : search);
  }

  private static String read(JsonNode row) {
    String input = row.path("input").asText();
    Optional<WebAddress> base =
        Optional.ofNullable(row.path("base").textValue()).flatMap(WebAddress::read);
    Optional<WebAddress> read =
        base.isPresent()
            ? WebAddress.read(base.get().uri(), input, StandardCharsets.UTF_8)
            : WebAddress.read(input);
    return read.map(WebAddress::toString).orElse("nothing");
  }
}
