package portal.opendata.plan;

import config.SourceSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import portal.opendata.plan.SourceListing.Partition;
import store.SourceBucket;

/** Makes plans from the lists and indexes of the source. */
final class PlanMaker {
  private final SourceBucket source;
  private final SourceSettings wanted;
  private final Consumer<String> notes;

  /**
   * @param notes what the user should know, a line each
   */
  PlanMaker(SourceBucket source, SourceSettings wanted, Consumer<String> notes) {
    this.source = source;
    this.wanted = wanted;
    this.notes = notes;
  }

  /**
   * Writes the first plan of a harvest.
   *
   * @throws store.StoreException if the source does not answer
   */
  void make(PlanHeader header, Path file) throws IOException {
    List<Partition> partitions = SourceListing.read(source, wanted);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        PlanWriter plan = new PlanWriter(out, header.pageSize(), 1, 0)) {
      plan.header(header);
      for (Partition partition : partitions) {
        try (NamesFile names = new NamesFile(file.toAbsolutePath().getParent())) {
          new PartitionPlanner(source, partition, notes).write(plan, names);
        }
      }
    }
  }

  /**
   * Writes a copy of a plan with what was added to the source since.
   *
   * @return whether anything was added
   * @throws store.StoreException if the source does not answer
   */
  boolean grow(SourcePlan before, Path file, Path target) throws IOException {
    int pageSize = before.header().pageSize();
    int growth = 1 + before.lines().stream().mapToInt(PlanLine::growth).max().orElse(0);
    Map<String, List<PlanLine>> known =
        before.lines().stream().collect(Collectors.groupingBy(PlanLine::partition));
    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    long size = Files.size(target);
    try (OutputStream out =
            new BufferedOutputStream(Files.newOutputStream(target, StandardOpenOption.APPEND));
        PlanWriter plan = new PlanWriter(out, pageSize, before.allPages() + 1, growth)) {
      for (Partition partition : SourceListing.read(source, wanted)) {
        List<PlanLine> lines = known.getOrDefault(partition.path(), List.of());
        try (NamesFile names = new NamesFile(target.toAbsolutePath().getParent())) {
          new PartitionPlanner(source, partition, notes)
              .writeNew(plan, lines, planned(before, lines), names);
        }
      }
    }
    return Files.size(target) > size;
  }

  private static NameSet planned(SourcePlan plan, List<PlanLine> lines) throws IOException {
    NameSet names = new NameSet();
    for (PlanLine line : lines) {
      for (int page = line.firstPage(); line.part() == null && page <= line.lastPage(); page++) {
        plan.names(page).forEach(names::add);
      }
    }
    return names;
  }
}
