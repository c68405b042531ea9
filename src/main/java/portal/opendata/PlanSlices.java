package portal.opendata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import portal.opendata.plan.PartitionIndex;
import portal.opendata.plan.PlanLine;
import portal.opendata.plan.SourcePlan;
import store.SourceBucket;

/** The pages of a plan that the survey has kept. */
public final class PlanSlices implements Slices {
  private final SourceBucket source;
  private volatile SourcePlan plan;

  /**
   * @param folder where the survey has kept the plan
   * @throws UncheckedIOException if it cannot be read
   */
  public PlanSlices(Path folder, SourceBucket source) {
    this.source = source;
    try {
      this.plan = SourcePlan.open(folder.resolve(SourcePlan.FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on, pages are those of a plan that has grown. */
  public void growTo(SourcePlan grown) {
    plan = grown;
  }

  @Override
  public Slice slice(int page) {
    SourcePlan now = plan;
    PlanLine line = now.lineOf(page);
    String part = line.part();
    String etag = line.etag();
    try {
      return new Slice(
          line.partition(),
          part == null ? "" : part,
          etag == null ? "" : etag,
          line.firstPage(),
          line.pages(),
          part == null ? now.names(page) : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long total() {
    return plan.files();
  }

  @Override
  public boolean names(String partition, String part, Consumer<String> each) {
    return PartitionIndex.names(source, partition, part, each);
  }

  @Override
  public List<String> parts(String partition) {
    return PartitionIndex.parts(source, partition);
  }

  @Override
  public List<String> planned(Slice slice) {
    SourcePlan now = plan;
    int growth = now.lineOf(slice.firstPage()).growth();
    return now.lines().stream()
        .filter(line -> line.partition().equals(slice.partition()) && line.growth() <= growth)
        .flatMap(line -> Stream.ofNullable(line.part()))
        .toList();
  }
}
