package io.tollgate.chaos.fuzz;

import io.tollgate.standalone.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a document of an interface says of one method of one path.
 *
 * @param port where it is served
 * @param isPublic whether it is served to nobody in particular
 * @param bodies schema of the body by its type; empty where there is none
 * @param statuses documented statuses, {@code default} among them where every problem is meant
 */
record Operation(
    Service service,
    Port port,
    boolean isPublic,
    String method,
    String path,
    List<Parameter> parameters,
    Map<String, JsonNode> bodies,
    Set<String> statuses,
    Schemas schemas) {

  /** The two ports of a service. */
  enum Port {
    PUBLIC,
    MANAGEMENT
  }

  /**
   * A parameter.
   *
   * @param in path, query or header
   */
  record Parameter(String name, String in, boolean required, JsonNode schema) {}

  /** Keeps its own copies. */
  Operation {
    parameters = List.copyOf(parameters);
    bodies = Map.copyOf(bodies);
    statuses = Set.copyOf(statuses);
  }

  String name() {
    return service.label() + " " + method + " " + path;
  }

  /** Whether it only shows. */
  boolean reads() {
    return method.equals("GET");
  }

  /** Whether it looks at everything there is: such are asked more seldom. */
  boolean looksAtAll() {
    return path.endsWith("/audit")
        || path.endsWith("/sequences")
        || path.endsWith("/clock")
        || path.endsWith("/corrections")
        || path.endsWith("/quarantine")
        || path.endsWith("/prometheus")
        || path.endsWith("/stream");
  }

  /** Whether it moves a clock. */
  boolean movesTime() {
    return path.startsWith("/v1/clock/") && !reads();
  }
}
