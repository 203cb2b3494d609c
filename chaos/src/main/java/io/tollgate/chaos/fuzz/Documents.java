package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.Operation.Parameter;
import io.tollgate.chaos.fuzz.Operation.Port;
import io.tollgate.standalone.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The interfaces of the services, from their own OpenAPI documents. */
final class Documents {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Documents() {}

  /** Every operation of every service, and what they serve beside their documents. */
  static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Service service : Service.values()) {
      Schemas schemas = new Schemas(document(service));
      schemas
          .document()
          .path("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .properties()
                      .forEach(
                          method ->
                              operations.add(
                                  operation(
                                      service,
                                      schemas,
                                      method.getKey().toUpperCase(Locale.ROOT),
                                      path.getKey(),
                                      method.getValue()))));
      operations.add(beside(service, schemas, Port.PUBLIC, "/openapi.yaml"));
      operations.add(beside(service, schemas, Port.MANAGEMENT, "/actuator/health/readiness"));
      operations.add(beside(service, schemas, Port.MANAGEMENT, "/actuator/prometheus"));
    }
    return List.copyOf(operations);
  }

  private static Operation beside(Service service, Schemas schemas, Port port, String path) {
    boolean isPublic = path.startsWith("/actuator/health");
    return new Operation(
        service,
        port,
        isPublic,
        "GET",
        path,
        List.of(),
        Map.of(),
        Set.of("200", "default"),
        schemas);
  }

  private static JsonNode document(Service service) {
    String name = "/openapi/" + service.label() + ".yaml";
    try (InputStream yaml = Documents.class.getResourceAsStream(name)) {
      Object read =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .load(Objects.requireNonNull(yaml, name));
      return JSON.valueToTree(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Operation operation(
      Service service, Schemas schemas, String method, String path, JsonNode described) {
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode each : described.path("parameters")) {
      JsonNode parameter = schemas.resolved(each);
      parameters.add(
          new Parameter(
              parameter.path("name").asString(),
              parameter.path("in").asString(),
              parameter.path("required").asBoolean(false),
              parameter.path("schema")));
    }
    Map<String, JsonNode> bodies = new HashMap<>();
    described
        .path("requestBody")
        .path("content")
        .properties()
        .forEach(type -> bodies.put(type.getKey(), type.getValue().path("schema")));
    return new Operation(
        service,
        Port.PUBLIC,
        needsNoToken(described),
        method,
        path,
        parameters,
        bodies,
        Set.copyOf(described.path("responses").propertyNames()),
        schemas);
  }

  /** OpenAPI: a list that is there and empty takes away what the document demands of all. */
  private static boolean needsNoToken(JsonNode described) {
    return described.path("security").isArray() && described.path("security").isEmpty();
  }
}
