package io.tollgate.billing.catalogue;

import io.tollgate.testing.SharedResource;
import java.nio.file.Path;

/** One {@link RunningCatalogue} for all tests of it; each has products of its own. */
final class SharedCatalogue extends SharedResource<RunningCatalogue> {

  SharedCatalogue() {
    super(RunningCatalogue.class);
  }

  @Override
  protected RunningCatalogue start(Path directory) {
    return RunningCatalogue.start(directory);
  }
}
