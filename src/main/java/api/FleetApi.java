package api;

import api.dto.FleetAnswer;
import api.dto.FleetData;
import api.dto.StatusData;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import model.ApiFormat;
import model.Percent;
import model.TimeLeft;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/fleet}: this instance, its peers, and the totals. */
public final class FleetApi {
  private final Fleet fleet;
  private final String address;
  private final Supplier<StatusData> own;
  private final InstantSource clock;

  /**
   * @param address of this instance
   * @param own this instance's status data
   */
  public FleetApi(Fleet fleet, String address, Supplier<StatusData> own, InstantSource clock) {
    this.clock = clock;
    this.fleet = fleet;
    this.address = address;
    this.own = own;
  }

  /** {@code GET /api/fleet}. */
  public FleetAnswer fleet() {
    StatusData mine = own.get();
    String now = ApiFormat.time(clock.instant());
    List<FleetData.Member> members = new ArrayList<>();
    members.add(new FleetData.Member(mine.instanceId(), address, true, now, null, mine));
    fleet.ask().stream()
        // a list shared by all instances names this one, too
        .filter(peer -> !fleet.isSelf(peer))
        .map(FleetApi::member)
        .forEach(members::add);
    List<StatusData> answered =
        members.stream()
            .filter(member -> member.problem() == null)
            .map(FleetData.Member::data)
            .filter(Objects::nonNull)
            .toList();
    return new FleetAnswer(
        new FleetData(members, total(answered)), ApiFormat.time(clock.instant()));
  }

  private static FleetData.Member member(Peer peer) {
    return new FleetData.Member(
        peer.instanceId(),
        peer.address().toString(),
        peer.data() != null,
        peer.lastSeen() == null ? null : ApiFormat.time(peer.lastSeen()),
        peer.conflict() == null ? peer.problem() : peer.conflict(),
        peer.data());
  }

  private static FleetData.Total total(List<StatusData> answered) {
    long stored = sum(answered, StatusData::totalFilesDownloaded);
    long failed = sum(answered, StatusData::failedDownloads);
    long pages = sum(answered, StatusData::totalPages);
    long completed = sum(answered, StatusData::completedPages);
    return new FleetData.Total(
        sum(answered, StatusData::totalScripts),
        sum(answered, StatusData::runningScripts),
        sum(answered, StatusData::completedScripts),
        sum(answered, StatusData::errorScripts),
        sum(answered, StatusData::waitingScripts),
        stored,
        sum(answered, StatusData::totalBytes),
        failed,
        sum(answered, StatusData::retryingDownloads),
        sum(answered, StatusData::rejectedDownloads),
        counts(answered, StatusData::rejectedReasons),
        sum(answered, StatusData::replaced),
        pages,
        completed,
        Percent.of(completed, pages),
        StatusView.successRate(stored, failed),
        ApiFormat.rounded(rate(answered)),
        eta(answered),
        counts(answered, StatusData::errors));
  }

  /** A peer with another version may lack a field. */
  private static long sum(List<StatusData> answered, Function<StatusData, Long> figure) {
    return answered.stream().map(figure).filter(Objects::nonNull).mapToLong(Long::longValue).sum();
  }

  private static double rate(List<StatusData> answered) {
    return answered.stream()
        .map(StatusData::filesPerSecond)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  private static @Nullable Long eta(List<StatusData> answered) {
    return TimeLeft.ofAll(
        answered.stream()
            .filter(
                data ->
                    sum(List.of(data), StatusData::completedPages)
                        < sum(List.of(data), StatusData::totalPages))
            .map(StatusData::etaSeconds)
            .toList());
  }

  private static Map<String, Long> counts(
      List<StatusData> answered, Function<StatusData, Map<String, Long>> which) {
    return StatusView.sums(answered.stream().map(which).filter(Objects::nonNull));
  }
}
