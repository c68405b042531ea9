package cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import config.Survey;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import model.Distribution;
import model.PageRange;
import model.Script;
import org.jspecify.annotations.Nullable;

/** A distribution in the format of {@code plan --json}. */
record Plan(
    @JsonProperty("total_results") long totalResults,
    @JsonProperty("page_size") int pageSize,
    @JsonProperty("total_pages") int totalPages,
    @JsonProperty("pages_per_script") int pagesPerScript,
    List<Instance> instances,
    List<Share> scripts,
    @JsonInclude(Include.NON_NULL) @Nullable List<Part> partitions) {

  /** A partition of the source. */
  record Part(
      int year,
      String court,
      String bench,
      int parts,
      long files,
      long bytes,
      int pages,
      @JsonProperty("start_page") int startPage) {
    private static Part of(Survey.Partition partition) {
      return new Part(
          partition.year(),
          partition.court(),
          partition.bench(),
          partition.parts(),
          partition.files(),
          partition.bytes(),
          partition.pages(),
          partition.startPage());
    }
  }

  /** One instance; its pages are null if it has none. */
  record Instance(
      @JsonProperty("instance_id") int id,
      @JsonProperty("assigned_scripts") List<Integer> assigned,
      @JsonProperty("start_page") @Nullable Integer startPage,
      @JsonProperty("end_page") @Nullable Integer endPage,
      @JsonIgnore int totalPages,
      long results) {

    /** Its consecutive scripts, such as {@code 1-17}; null if it has none. */
    @Nullable String scripts() {
      if (assigned.isEmpty()) {
        return null;
      }
      int first = assigned.get(0);
      int last = assigned.get(assigned.size() - 1);
      return first == last ? "" + first : first + "-" + last;
    }
  }

  /** One script; its pages are null if it has none. */
  record Share(
      @JsonProperty("script_id") int id,
      @JsonProperty("instance_id") int instanceId,
      @JsonProperty("start_page") @Nullable Integer startPage,
      @JsonProperty("end_page") @Nullable Integer endPage,
      @JsonProperty("total_pages") int totalPages,
      long results) {}

  /**
   * @param partitions what the source consists of; empty if it has no partitions
   */
  static Plan of(Distribution distribution, List<Survey.Partition> partitions) {
    return new Plan(
        distribution.totalResults(),
        distribution.pageSize(),
        distribution.pages(),
        distribution.pagesPerScript(),
        IntStream.rangeClosed(1, distribution.instances())
            .mapToObj(id -> instance(distribution, id))
            .toList(),
        distribution.scripts().stream().map(script -> share(distribution, script)).toList(),
        partitions.isEmpty() ? null : partitions.stream().map(Part::of).toList());
  }

  private static Instance instance(Distribution distribution, int id) {
    Optional<PageRange> pages = distribution.pagesOf(id);
    return new Instance(
        id,
        distribution.scriptsOf(id).stream().map(Script::id).toList(),
        pages.map(PageRange::first).orElse(null),
        pages.map(PageRange::last).orElse(null),
        pages.map(PageRange::size).orElse(0),
        pages.map(distribution::results).orElse(0L));
  }

  private static Share share(Distribution distribution, Script script) {
    Optional<PageRange> pages = script.pages();
    return new Share(
        script.id(),
        script.instanceId(),
        pages.map(PageRange::first).orElse(null),
        pages.map(PageRange::last).orElse(null),
        pages.map(PageRange::size).orElse(0),
        pages.map(distribution::results).orElse(0L));
  }
}
