package app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import config.Configuration;
import config.ConfigurationLoader;
import config.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import ledger.DataFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {
  @TempDir Path folder;

  @Test
  void anInstanceThatCannotOpenItsLedgerReleasesTheDataFolder() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("ledger.db"), "this is no database ".repeat(500));
    Configuration configuration =
        ConfigurationLoader.in(
                folder,
                Map.of("PORTAL_URL", "http://127.0.0.1:1/{page}", "HARVEST_DATA_DIR", "" + data),
                PortalTypes.KNOWN.all())
            .load();

    assertThatThrownBy(() -> new Instance(configuration, PortalTypes.KNOWN))
        .isInstanceOf(UsageException.class);

    DataFolder.take(data).close();
  }
}
