package io.tollgate.standalone;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the services' audits found.
 *
 * @param green whether every invariant of every service holds
 * @param lines one per invariant, and one per finding
 */
public record AuditReport(boolean green, List<String> lines) {

  /** Keeps its own copy. */
  public AuditReport {
    lines = List.copyOf(lines);
  }

  /** Asks all services. */
  public static AuditReport of(Api api) {
    List<String> lines = new ArrayList<>();
    boolean green = true;
    for (Service service : Service.values()) {
      JsonNode report = api.getPatiently(service, "/v1/audit").orFail().body();
      green &= report.path("green").asBoolean(false);
      for (JsonNode result : report.path("invariants")) {
        lines.add(
            "%-13s %-36s checked %9d   difference %s"
                .formatted(
                    service.label(),
                    result.path("id").asString(""),
                    result.path("checked").asLong(0),
                    result.path("difference").asString("?")));
        for (JsonNode finding : result.path("findings")) {
          lines.add("    " + finding.asString(""));
        }
      }
    }
    EventCounts counts = EventCounts.atRest(api);
    lines.addAll(counts.lines());
    return new AuditReport(green && counts.difference() == 0, lines);
  }
}
