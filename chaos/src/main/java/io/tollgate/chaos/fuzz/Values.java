package io.tollgate.chaos.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values as a schema wants them, with names that exist where a field's name tells of which. */
final class Values {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_DEPTH = 8;

  private final Ids ids;
  private final Instant now;
  private final boolean goodToo;
  private final Random random;

  /**
   * @param now where the business clock stands
   * @param goodToo whether names of the good accounts may be among them
   */
  Values(Ids ids, Instant now, boolean goodToo, Random random) {
    this.ids = ids;
    this.now = now;
    this.goodToo = goodToo;
    this.random = random;
  }

  /** A value for a field or parameter. */
  JsonNode of(Schemas schemas, JsonNode schema, String name) {
    return of(schemas, schema, name, 0);
  }

  private JsonNode of(Schemas schemas, JsonNode schema, String name, int depth) {
    JsonNode wanted = schemas.resolved(schema);
    if (wanted.has("const")) {
      return wanted.get("const");
    }
    if (wanted.has("enum")) {
      return anyOf(wanted.get("enum"));
    }
    for (String choice : List.of("oneOf", "anyOf")) {
      if (wanted.has(choice)) {
        return of(schemas, anyOf(wanted.get(choice)), name, depth);
      }
    }
    if (wanted.has("allOf")) {
      return all(schemas, wanted.get("allOf"), name, depth);
    }
    return switch (typeOf(wanted)) {
      case "object" -> object(schemas, wanted, depth);
      case "array" -> array(schemas, wanted, name, depth);
      case "integer", "number" -> number(wanted, name);
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "string" -> NODES.stringNode(text(wanted, name));
      default -> free(name);
    };
  }

  private static String typeOf(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.get(0).asString() : type.asString("");
  }

  private JsonNode anyOf(JsonNode choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private JsonNode all(Schemas schemas, JsonNode parts, String name, int depth) {
    if (parts.size() == 1) {
      return of(schemas, parts.get(0), name, depth);
    }
    ObjectNode whole = NODES.objectNode();
    for (JsonNode part : parts) {
      if (of(schemas, part, name, depth) instanceof ObjectNode object) {
        whole.setAll(object);
      }
    }
    return whole;
  }

  private ObjectNode object(Schemas schemas, JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    if (depth > MAX_DEPTH) {
      return object;
    }
    Set<String> required =
        schema.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              if (required.contains(property.getKey()) || random.nextInt(5) < 3) {
                object.set(
                    property.getKey(),
                    of(schemas, property.getValue(), property.getKey(), depth + 1));
              }
            });
    if (schema.path("additionalProperties").isObject()) {
      for (int i = random.nextInt(3); i > 0; i--) {
        object.set(
            "extra" + i, of(schemas, schema.get("additionalProperties"), "extra", depth + 1));
      }
    }
    return object;
  }

  private ArrayNode array(Schemas schemas, JsonNode schema, String name, int depth) {
    ArrayNode array = NODES.arrayNode();
    int least = schema.path("minItems").asInt(0);
    for (int i = least + random.nextInt(4); i > 0; i--) {
      array.add(of(schemas, schema.path("items"), name, depth + 1));
    }
    return array;
  }

  private JsonNode number(JsonNode schema, String name) {
    if (ids.knows(name)) {
      String known = ids.any(name, goodToo, random);
      if (known.chars().allMatch(Character::isDigit)) {
        return NODES.numberNode(Long.parseLong(known));
      }
    }
    long least = schema.path("minimum").asLong(0);
    long most = schema.path("maximum").asLong(least + 100);
    return NODES.numberNode(least + random.nextLong(most - least + 1));
  }

  private String text(JsonNode schema, String name) {
    if (ids.knows(name)) {
      return random.nextInt(8) == 0 ? "new-" + random.nextInt(100_000) : any(name);
    }
    return switch (schema.path("format").asString("")) {
      case "date-time" -> time();
      case "email", "idn-email" -> "nobody-" + random.nextInt(1_000) + "@fuzz.example";
      // Nobody beyond this machine is called.
      case "uri" -> "http://127.0.0.1:1/" + random.nextInt(1_000);
      default -> plain(schema.path("pattern").asString(""));
    };
  }

  private String any(String name) {
    return ids.any(name, goodToo, random);
  }

  private String plain(String pattern) {
    if (pattern.contains("[A-Z]{3}")) {
      return "CNY";
    }
    if (pattern.contains("\\.")) {
      return random.nextInt(100) + "." + random.nextInt(1_000_000);
    }
    return "word-" + random.nextInt(100_000);
  }

  /** Around now; often the start of an hour or of a local day. */
  private String time() {
    return switch (random.nextInt(4)) {
      case 0 -> now.toString();
      case 1 -> now.plus(Duration.ofDays(random.nextInt(80) - 20)).toString();
      case 2 -> now.minus(Duration.ofHours(random.nextInt(48))).toString();
      default -> now.minusSeconds(random.nextInt(3_600)).toString();
    };
  }

  /** Where the schema leaves open what it is: data of a usage event. */
  private JsonNode free(String name) {
    return name.equals("data")
        ? NODES.objectNode().put("value", random.nextInt(100))
        : NODES.stringNode("word-" + random.nextInt(1_000));
  }
}
