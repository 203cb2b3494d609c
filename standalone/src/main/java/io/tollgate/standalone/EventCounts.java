package io.tollgate.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Numbered events told by one service and applied by another: what is lost between them shows here,
 * even when nothing follows it.
 *
 * @param difference events told and not applied, or the other way round; 0 when all arrived
 * @param lines one per topic and reader
 */
record EventCounts(long difference, List<String> lines) {
  private static final List<Service> WITH_DATABASE =
      List.of(Service.BILLING, Service.ACCOUNT, Service.NOTIFICATION);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

  /** Counts; events on their way get a few seconds to arrive. */
  static EventCounts atRest(Api api) {
    long start = System.nanoTime();
    EventCounts counts = now(api);
    while (counts.difference() != 0 && System.nanoTime() - start < LIMIT.toNanos()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      counts = now(api);
    }
    return counts;
  }

  private static EventCounts now(Api api) {
    Map<Service, JsonNode> answers = new EnumMap<>(Service.class);
    WITH_DATABASE.forEach(
        service ->
            answers.put(service, api.getPatiently(service, "/v1/audit/sequences").orFail().body()));
    List<String> lines = new ArrayList<>();
    long difference = 0;
    for (JsonNode teller : answers.values()) {
      for (Map.Entry<String, JsonNode> told : teller.path("told").properties()) {
        for (Map.Entry<Service, JsonNode> reader : answers.entrySet()) {
          JsonNode applied = reader.getValue().path("applied").path(told.getKey());
          if (applied.isNumber()) {
            long missing = told.getValue().asLong() - applied.asLong();
            difference += Math.abs(missing);
            lines.add(
                "%-13s %-28s published %7d   not applied %d"
                    .formatted(
                        reader.getKey().label(), told.getKey(), told.getValue().asLong(), missing));
          }
        }
      }
    }
    return new EventCounts(difference, lines);
  }
}
