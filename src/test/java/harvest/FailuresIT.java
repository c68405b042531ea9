package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;

/** The lists of what is not in the bucket, for the whole program. */
class FailuresIT {
  @TempDir private Path folder;

  /** Two scripts of two pages, with seven rows that are not stored, two of them rejected. */
  private Harvest harvest() throws Exception {
    Harvest harvest = new Harvest(folder, 40, 10).set("PORTAL_MAX_ATTEMPTS", "1");
    for (int number : List.of(13, 14, 22, 33, 34)) {
      harvest.portal.fault("/doc/" + number + ".pdf", Fault.status(number < 30 ? 403 : 418));
    }
    harvest.portal.page(
        1,
        Stream.concat(
                Stream.of("http://u:pw@127.0.0.9:1/a.pdf?token=s3cret", "http://127.0.0.9:1/b.pdf"),
                IntStream.rangeClosed(1, 8).mapToObj("/doc/%d.pdf"::formatted))
            .toArray(String[]::new));
    return harvest;
  }

  private static List<String> places(JsonNode part) {
    List<String> places = new ArrayList<>();
    part.path("failures")
        .forEach(row -> places.add(row.path("page").asInt() + "/" + row.path("row").asInt()));
    return places;
  }

  @Test
  void allFailuresOfTheInstanceAreReturnedInPartsOrAsOneStream() throws Exception {
    try (Harvest harvest = harvest();
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      api.awaitState(1, "completed");
      api.awaitState(2, "completed");

      JsonNode part = api.get("/api/failures?reason=&script=&after=&limit=3").json();
      List<String> all = new ArrayList<>(places(part));
      assertThat(part.path("total").asInt()).isEqualTo(7);
      assertThat(part.path("reasons").path("http_403").asInt()).isEqualTo(3);
      assertThat(part.path("reasons").path("foreign_host").asInt()).isEqualTo(2);
      assertThat(part.at("/failures/0/script_id").asInt()).isEqualTo(1);
      assertThat(part.at("/failures/0/url").asText()).doesNotContain("s3cret", "pw@");
      assertThat(part.at("/failures/0/last_attempt").isNull()).isTrue();
      for (String next = part.path("next").asText(); !part.path("next").isNull(); ) {
        part = api.get("/api/failures?limit=3&after=" + next).json();
        all.addAll(places(part));
        next = part.path("next").asText();
      }
      assertThat(all).containsExactly("1/1", "1/2", "2/3", "2/4", "3/2", "4/3", "4/4");
      assertThat(places(api.get("/api/failures?script=2").json()))
          .containsExactly("3/2", "4/3", "4/4");
      assertThat(places(api.get("/api/failures?script=2&reason=http_418").json()))
          .containsExactly("4/3", "4/4");
      JsonNode last = api.get("/api/failures?limit=7").json();
      assertThat(last.path("next").isNull()).as("the last part says so").isTrue();

      Api.Answer csv = api.get("/api/failures?script=1", "Accept", "text/csv");
      assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
      assertThat(csv.text().lines())
          .hasSize(5)
          .startsWith(
              "script_id,id,page,row,url,title,state,reason,attempts,last_attempt,accepted_at,note");
      assertThat(csv.text()).doesNotContain("s3cret").contains("rejected,foreign_host,0,");
      for (String likesJsonMore :
          List.of(
              "text/csv;q=0",
              "application/json, text/csv;q=0.5",
              "text/csv;q=0.1, */*, application/json")) {
        assertThat(
                api.get("/api/failures", "Accept", likesJsonMore)
                    .headers()
                    .firstValue("Content-Type"))
            .as(likesJsonMore)
            .hasValue("application/json");
      }
      for (String likesCsvMore :
          List.of(
              "TEXT/CSV",
              "text/csv; charset=utf-8",
              "application/json;q=0.9,text/csv",
              "application/x-ndjson;q=0.1, text/csv;q=0.2")) {
        assertThat(
                api.get("/api/failures", "Accept", likesCsvMore)
                    .headers()
                    .firstValue("Content-Type"))
            .as(likesCsvMore)
            .hasValue("text/csv; charset=utf-8");
      }
      assertThat(harvest.command("failures", "--json").stdout().lines()).hasSize(7);
      assertThat(harvest.command("failures", "--csv", "--reason", "http_418").stdout().lines())
          .hasSize(3);

      for (String wrong :
          List.of("after=x", "after=1", "limit=0", "script=x", "reason=sloth", "limit=1001")) {
        assertThat(api.get("/api/failures?" + wrong).status()).as(wrong).isEqualTo(400);
      }
      assertThat(api.get("/api/failures?script=9").status()).isEqualTo(404);
    }
  }
}
