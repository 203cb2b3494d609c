package io.tollgate.standalone.demo;

import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A resource platform that does at once whatever it is told, and says so. */
final class StubPlatform {

  private static final String COMMANDS = "/v1/platforms/demo/commands";

  private final Api api;
  private final List<String> done = new ArrayList<>();

  StubPlatform(Api api) {
    this.api = api;
  }

  /** Carries out what waits, and tells how many commands that were. */
  int carryOut() {
    List<JsonNode> pending = api.items(Service.ACCOUNT, COMMANDS + "?pending=true");
    for (JsonNode command : pending) {
      String id = command.path("command").asString("");
      api.postAsPlatform(Service.ACCOUNT, COMMANDS + "/" + id + "/acknowledgement", Map.of())
          .orFail();
      done.add(
          "%s %s %s"
              .formatted(
                  command.path("wantedAt").asString(""),
                  command.path("kind").asString(""),
                  command.path("instance").asString("")));
    }
    return pending.size();
  }

  /** What it was told and did. */
  List<String> done() {
    return List.copyOf(done);
  }
}
