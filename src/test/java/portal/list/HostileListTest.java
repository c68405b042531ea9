package portal.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import testing.Mutations;

/** Invalid records of lists. */
class HostileListTest {
  private static final List<String> RECORDS =
      List.of(
          "{\"url\":\"http://h/a.pdf\",\"title\":\"A \\\"v\\\" B\",\"size\":17,\"x\":[1,{}],\"cnr\":null}",
          "http://h/a.pdf,\"A \"\"v\"\" B, and\nothers\",17,\"\",2023-01-02");

  @Provide
  Arbitrary<String> records() {
    return Arbitraries.of(RECORDS)
        .flatMap(record -> Mutations.of(record.getBytes(UTF_8)))
        .map(bytes -> new String(bytes, UTF_8));
  }

  @Property(tries = 300)
  void anyRecordIsReadAsNamedFields(@ForAll("records") String record) {
    for (ListFormat format : List.of(ListFormat.JSON_LINES, ListFormat.csv("url,title,size,a,b"))) {
      ListRecord read = format.read(record);
      assertThat(read.field("url").filter(String::isBlank)).isEmpty();
    }
  }
}
