package api;

import api.dto.InstanceInfo;
import config.Configuration;
import config.HarvestSettings;
import config.PublicConfiguration;
import config.Survey;
import config.Version;
import java.util.List;
import java.util.Optional;
import model.PageRange;
import model.Script;

/** What an instance is and how it is configured: {@code GET /api/instance/info}. */
public final class InstanceDescription {
  private final int instanceId;
  private final InstanceInfo info;

  public InstanceDescription(Configuration configuration) {
    HarvestSettings harvest = configuration.harvest();
    List<Integer> scripts =
        harvest.distribution().scriptsOf(harvest.instanceId()).stream().map(Script::id).toList();
    Optional<PageRange> pages = harvest.distribution().pagesOf(harvest.instanceId());
    this.instanceId = harvest.instanceId();
    this.info =
        new InstanceInfo(
            instanceId,
            scripts,
            scripts.size(),
            pages.map(PageRange::first).orElse(null),
            pages.map(PageRange::last).orElse(null),
            Version.number(),
            configuration.survey().map(Survey::attribution).orElse(null),
            PublicConfiguration.of(configuration));
  }

  int instanceId() {
    return instanceId;
  }

  InstanceInfo info() {
    return info;
  }
}
