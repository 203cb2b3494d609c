package io.tollgate.standalone;

import io.tollgate.client.Answer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the services have set aside, for people: which account, which work and why. */
final class SetAsideReport {

  private static final int SHOWN = 20;

  private SetAsideReport() {}

  /** A line of how much is set aside in each service, and the first of them; none when nothing. */
  static List<String> lines(Api api) {
    List<String> lines = new ArrayList<>();
    for (Service service : Service.values()) {
      if (service != Service.METERING) {
        addLines(api, service, lines);
      }
    }
    return lines;
  }

  private static void addLines(Api api, Service service, List<String> lines) {
    Answer reasons = api.get(service, "/v1/set-aside/reasons");
    Answer first = api.get(service, "/v1/set-aside?limit=" + SHOWN);
    if (!reasons.ok() || !first.ok()) {
      lines.add("%-13s set aside: unknown".formatted(service.label()));
      return;
    }
    long items = 0;
    for (JsonNode reason : reasons.body().path("items")) {
      items += reason.path("items").asLong(0);
    }
    if (items == 0) {
      return;
    }
    lines.add(
        "%-13s %d set aside; GET /v1/set-aside lists them:".formatted(service.label(), items));
    for (JsonNode item : first.body().path("items")) {
      lines.add(
          "    %s %s %s: %s"
              .formatted(
                  item.path("account").asString("-"),
                  item.path("work").asString(""),
                  item.path("subject").asString(""),
                  item.path("reason").asString("")));
    }
  }
}
