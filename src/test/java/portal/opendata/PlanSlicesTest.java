package portal.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import config.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import portal.opendata.plan.SourcePlan;
import store.SourceBucket;

class PlanSlicesTest {
  private static final String PLAN =
      """
      {"source.bucket":"b","harvest.page-size":5}
      {"partition":"A","part":"1.tar","etag":"e","size":9,"files":5,"first_page":1,"pages":1}
      {"partition":"A","part":null,"etag":null,"size":0,"files":1,"first_page":2,"pages":1,"names":["x"]}
      {"partition":"B","part":"1.tar","etag":"e","size":9,"files":5,"first_page":3,"pages":1}
      {"partition":"A","part":"2.tar","etag":"e","size":9,"files":5,"first_page":4,"pages":1,"growth":1}
      {"partition":"A","part":"3.tar","etag":"e","size":9,"files":5,"first_page":5,"pages":1,"growth":2}
      """;

  @TempDir Path folder;

  @Test
  void whatASweepHasPlannedLaterMayHaveComeInAPartsPlace() throws IOException {
    Files.writeString(folder.resolve(SourcePlan.FILE), PLAN);
    SourceSettings nowhere =
        new SourceSettings(
            "b",
            "ap-south-1",
            null,
            true,
            true,
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            false);
    try (SourceBucket bucket = SourceBucket.open(nowhere, Optional.empty(), 1)) {
      Slices slices = new PlanSlices(folder, bucket);
      assertThat(slices.planned(slices.slice(1))).containsExactly("1.tar");
      assertThat(slices.planned(slices.slice(4))).containsExactly("1.tar", "2.tar");
      assertThat(slices.planned(slices.slice(5))).containsExactly("1.tar", "2.tar", "3.tar");
    }
  }
}
