package pipeline;

import java.util.List;
import java.util.Optional;
import store.BadManifestException;
import store.ManifestRow;

/** Where the manifests of earlier walks are read. */
@FunctionalInterface
public interface ManifestSource {
  /**
   * A page's manifest; empty when there is none.
   *
   * @throws BadManifestException when it is not what was written
   */
  Optional<List<ManifestRow>> read(int page) throws BadManifestException;
}
