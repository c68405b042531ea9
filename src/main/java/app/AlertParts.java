package app;

import alerts.Alerts;
import alerts.Channels;
import alerts.Situation;
import alerts.Situation.AwayPeer;
import config.Configuration;
import config.HarvestSettings;
import java.io.File;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import model.Percent;
import model.Ticker;

/** The alerts of an instance: what they check, and where they go. */
final class AlertParts {
  private final Configuration configuration;
  private final ApiParts parts;
  private final File disk;
  private final Supplier<String> quota;

  /**
   * @param quota how much of the day's quota is used, in words; empty without a quota
   */
  AlertParts(Configuration configuration, ApiParts parts, Supplier<String> quota) {
    this.quota = quota;
    this.configuration = configuration;
    this.parts = parts;
    this.disk = configuration.harvest().dataDir().toFile();
  }

  /** The alerts, not yet started; empty if there is nobody to notify. */
  Optional<Alerts> alerts(Ticker ticker) {
    if (!configuration.alerts().isOn()) {
      return Optional.empty();
    }
    HarvestSettings harvest = configuration.harvest();
    InstantSource clock = InstantSource.system();
    ZoneId zone = ZoneId.systemDefault();
    return Optional.of(
        new Alerts(
            configuration.alerts(),
            harvest,
            Channels.of(configuration.alerts(), harvest.instanceId(), footer(), clock, zone),
            this::situation,
            ticker,
            clock.withZone(zone)));
  }

  private String footer() {
    return "-- \ndashboard  %s/\nlogs       %s\n"
        .formatted(
            configuration.api().address(),
            configuration.harvest().dataDir().toAbsolutePath().normalize().resolve("logs"));
  }

  private Situation situation() {
    List<AwayPeer> away =
        parts.fleet().away().entrySet().stream()
            .map(peer -> new AwayPeer(peer.getKey().toString(), peer.getValue()))
            .toList();
    double free = Percent.of(disk.getUsableSpace(), disk.getTotalSpace());
    return new Situation(parts.status(), free, away, quota.get());
  }
}
