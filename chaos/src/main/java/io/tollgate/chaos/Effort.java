package io.tollgate.chaos;

import java.util.List;
import java.util.Map;

/** How much the processes of a fleet have to do. */
enum Effort {
  /** Little: what is killed again and again starts sooner without the second compiler. */
  LIGHT,
  /**
   * As much as there can be: what handles every event is compiled fully, and nobody looks for what
   * is due more often than in production.
   */
  HEAVY;

  private static final List<String> START_SOON = List.of("-XX:TieredStopAtLevel=1");

  /**
   * Options of a process's virtual machine.
   *
   * @param handlesEveryEvent whether every event passes through it, as through broker and metering
   */
  List<String> options(boolean handlesEveryEvent) {
    return this == HEAVY && handlesEveryEvent ? List.of() : START_SOON;
  }

  /** Settings of every service. */
  Map<String, Object> properties() {
    return this == HEAVY ? Map.of("tollgate.sweep.wake-on-data", "false") : Map.of();
  }
}
