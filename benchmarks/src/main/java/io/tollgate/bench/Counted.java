package io.tollgate.bench;

import io.tollgate.standalone.Service;

/** How many posted events metering has counted, duplicates and all. */
final class Counted {

  private Counted() {}

  static long events(RunningSystem system) {
    return system
        .api()
        .get(Service.METERING, "/v1/audit")
        .orFail()
        .body()
        .at("/invariants/0/checked")
        .asLong(0);
  }
}
