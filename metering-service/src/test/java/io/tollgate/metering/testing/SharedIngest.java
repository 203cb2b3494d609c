package io.tollgate.metering.testing;

import io.tollgate.testing.SharedResource;
import java.nio.file.Path;

/** One {@link Ingest} for all tests of what is posted; each has instances of its own. */
public final class SharedIngest extends SharedResource<Ingest> {

  /** Used by JUnit. */
  public SharedIngest() {
    super(Ingest.class);
  }

  @Override
  protected Ingest start(Path directory) {
    return Ingest.start(directory);
  }
}
