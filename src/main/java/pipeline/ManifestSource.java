package pipeline;

import java.util.List;
import java.util.Optional;
import store.BadManifestException;
import store.ManifestRow;

/** Reads the manifests of earlier walks. */
@FunctionalInterface
public interface ManifestSource {
  /**
   * A page's manifest; empty if there is none.
   *
   * @throws BadManifestException if it is not as it was written
   */
  Optional<List<ManifestRow>> read(int page) throws BadManifestException;
}
