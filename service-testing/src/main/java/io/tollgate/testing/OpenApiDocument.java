package io.tollgate.testing;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document of a service as a judge of what it takes and answers.
 *
 * <p>It is stricter than the document's words: an object whose properties are listed has no others,
 * so that a field that was added to an answer is missed in the document, and one that was renamed
 * in either is seen.
 */
public final class OpenApiDocument {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PROBLEM = "application/problem+json";
  private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

  private final String service;
  private final JsonNode document;
  private final List<Operation> operations;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

  private OpenApiDocument(String service, JsonNode document) {
    this.service = service;
    this.document = document;
    this.operations = operations(document);
  }

  /** The document of a service, by the name of its file. */
  public static OpenApiDocument of(String service) {
    try (InputStream yaml =
        new ClassPathResource("openapi/" + service + ".yaml").getInputStream()) {
      Object loaded = new Yaml().load(yaml);
      return new OpenApiDocument(service, closed(JSON.valueToTree(loaded)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One operation.
   *
   * @param method in capital letters
   * @param path as a template, e.g. {@code /v1/accounts/{account}}
   * @param pattern what matches it
   * @param node what the document says of it
   */
  private record Operation(String method, String path, Pattern pattern, JsonNode node) {}

  /**
   * A request that the document shows.
   *
   * @param method in capital letters
   * @param path as a template
   * @param name of the example; empty for the only one
   * @param type of its content
   * @param body the example
   */
  public record Example(String method, String path, String name, String type, JsonNode body) {

    /** The operation, and which of its examples. */
    @Override
    public String toString() {
      return method + " " + path + (name.isEmpty() ? "" : " (" + name + ")");
    }
  }

  private static List<Operation> operations(JsonNode document) {
    List<Operation> found = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                METHODS.stream()
                    .filter(path.getValue()::has)
                    .forEach(
                        method ->
                            found.add(
                                new Operation(
                                    method.toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    pattern(path.getKey()),
                                    path.getValue().get(method)))));
    // A path without variables is meant before one that has some.
    found.sort(Comparator.comparing(operation -> operation.path().contains("{")));
    return found;
  }

  private static Pattern pattern(String path) {
    return Pattern.compile(path.replace(".", "\\.").replaceAll("\\{[A-Za-z]+}", "[^/]+"));
  }

  /** Adds to every object that lists its properties that it has no others. */
  private static JsonNode closed(JsonNode node) {
    node.forEach(OpenApiDocument::closed);
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !object.has("allOf")) {
      object.put("additionalProperties", false);
    }
    return node;
  }

  /**
   * What an answer has that the document does not say, or lacks of what it does.
   *
   * @param method of the request
   * @param path of the request, with or without its query
   * @param status of the answer
   * @param type its content type; empty for none
   * @param body its text; empty for none
   * @return nothing, when it is as documented
   */
  public List<String> faults(String method, String path, int status, String type, String body) {
    String plain = path.replaceFirst("\\?.*", "");
    Optional<Operation> operation =
        operations.stream()
            .filter(each -> each.method().equals(method) && matches(each, plain))
            .findFirst();
    if (operation.isEmpty()) {
      return status < 400 ? List.of("the operation is not in the document") : List.of();
    }
    JsonNode answers = operation.get().node().path("responses");
    JsonNode answer = resolved(answers.path(String.valueOf(status)));
    if (answer.isMissingNode() && status >= 400) {
      answer = resolved(answers.path("default"));
    }
    return answer.isMissingNode()
        ? List.of("the status is not in the document")
        : contentFaults(answer.path("content"), type.replaceFirst(";.*", "").strip(), body);
  }

  /**
   * What a posted webhook has that the document does not say, or lacks of what it does.
   *
   * @param webhook its name in the document
   * @param body as posted
   */
  public List<String> webhookFaults(String webhook, String body) {
    JsonNode posted = document.path("webhooks").path(webhook).path("post").path("requestBody");
    JsonNode schema = posted.path("content").path("application/json").path("schema");
    return schema.isMissingNode() ? List.of("no such webhook") : faults(schema, body);
  }

  private static boolean matches(Operation operation, String path) {
    return operation.pattern().matcher(path).matches();
  }

  private List<String> contentFaults(JsonNode content, String type, String body) {
    if (content.isEmpty()) {
      return body.isEmpty() || type.equals(PROBLEM)
          ? List.of()
          : List.of("the document shows no body");
    }
    JsonNode shown = content.path(type);
    if (shown.isMissingNode()) {
      return List.of("the type " + type + " is not in the document");
    }
    boolean json = type.equals("application/json") || type.endsWith("+json");
    return json ? faults(shown.path("schema"), body) : List.of();
  }

  private List<String> faults(JsonNode schema, String body) {
    try {
      return faults(schema, JSON.readTree(body));
    } catch (JacksonException e) {
      return List.of("the body is not JSON");
    }
  }

  private List<String> faults(JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
        .map(Error::toString)
        .toList();
  }

  /** The schema with the document's components beside it, to which its references lead. */
  private Schema compiled(JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    schema.properties().forEach(entry -> whole.set(entry.getKey(), entry.getValue()));
    whole.set("components", document.path("components"));
    return registry.getSchema(whole);
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  /** Every example of a request body, in the order of the document. */
  public List<Example> examples() {
    List<Example> found = new ArrayList<>();
    for (Operation operation : operations) {
      content(operation)
          .properties()
          .forEach(
              content -> {
                JsonNode one = content.getValue().path("example");
                if (!one.isMissingNode()) {
                  found.add(example(operation, "", content.getKey(), one));
                }
                content
                    .getValue()
                    .path("examples")
                    .properties()
                    .forEach(
                        each ->
                            found.add(
                                example(
                                    operation,
                                    each.getKey(),
                                    content.getKey(),
                                    each.getValue().path("value"))));
              });
    }
    return found;
  }

  private static Example example(Operation operation, String name, String type, JsonNode body) {
    return new Example(operation.method(), operation.path(), name, type, body);
  }

  private static JsonNode content(Operation operation) {
    return operation.node().path("requestBody").path("content");
  }

  /** What an example has that its own schema does not allow. */
  public List<String> faults(Example example) {
    return operations.stream()
        .filter(
            operation ->
                operation.method().equals(example.method())
                    && operation.path().equals(example.path()))
        .flatMap(
            operation ->
                faults(content(operation).path(example.type()).path("schema"), example.body())
                    .stream())
        .toList();
  }

  /** Operations that take a body of which the document shows no example. */
  public List<String> withoutExample() {
    return operations.stream()
        .filter(operation -> !content(operation).isEmpty())
        .filter(
            operation ->
                content(operation)
                    .valueStream()
                    .anyMatch(each -> !each.has("example") && !each.has("examples")))
        .map(operation -> service + ": " + operation.method() + " " + operation.path())
        .toList();
  }
}
