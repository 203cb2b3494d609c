package io.tollgate.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The AsyncAPI document says of every topic what the codecs write and read. */
class TopicDocumentTest {

  private static final JsonNode DOCUMENT = document();
  private static final JsonNode SCHEMAS = DOCUMENT.at("/components/schemas");
  private static final Map<String, EventCodec<?>> CODECS =
      Map.of(
          Topics.USAGE_HOURLY, UsageRecord.CODEC,
          Topics.USAGE_DAILY, UsageRecord.CODEC,
          Topics.METERS, MeterDefinition.CODEC,
          Topics.ACCOUNT_INSTANCES, InstanceRecord.CODEC,
          Topics.BILLING_EVENTS, BillingRecord.CODEC,
          Topics.ACCOUNT_EVENTS, AccountEvent.CODEC,
          Topics.NOTICE_EVENTS, NoticeEvent.CODEC,
          Topics.CONTACTS, ContactRecord.CODEC,
          Topics.PRICES, PricedProduct.CODEC);

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @Test
  void everyTopicIsDocumentedWithItsRetention() {
    Map<String, String> policies = new TreeMap<>();
    Topics.COMPACTED.forEach(topic -> policies.put(topic, "compact"));
    Topics.APPENDED.forEach(topic -> policies.put(topic, "delete"));

    Map<String, String> documented = new TreeMap<>();
    for (JsonNode channel : DOCUMENT.path("channels")) {
      documented.put(
          channel.path("address").asString(),
          channel.at("/bindings/kafka/topicConfiguration/cleanup.policy/0").asString(""));
    }
    assertThat(documented).containsAllEntriesOf(policies);
    assertThat(documented).containsKey(Topics.deadLetter("{topic}"));
  }

  @Test
  void everyTopicCarriesTheTypesOfItsCodecAndNoOthers() {
    CODECS.forEach(
        (topic, codec) ->
            assertThat(messages(topic).keySet())
                .as(topic)
                .isEqualTo(new TreeSet<>(codec.classes().keySet())));
  }

  @Test
  void everyEventHasTheFieldsThatAreDocumented() {
    CODECS.forEach(
        (topic, codec) ->
            codec
                .classes()
                .forEach(
                    (type, event) ->
                        assertThat(properties(messages(topic).getOrDefault(type, SCHEMAS)))
                            .as(type)
                            .isEqualTo(fields(event))));
  }

  @Test
  void everyPartOfAnEventHasTheFieldsThatAreDocumented() {
    Map<String, Class<?>> parts = new HashMap<>();
    parts.put("Place", UsageRevision.Place.class);
    parts.put("Suspension", InstanceRecord.Suspension.class);
    parts.put("PriceVersion", PricedProduct.Version.class);
    parts.put("Withdrawal", MeterDefinition.Withdrawal.class);

    parts.forEach(
        (name, part) ->
            assertThat(properties(SCHEMAS.path(name))).as(name).isEqualTo(fields(part)));
    for (Class<?> action : GateAction.class.getPermittedSubclasses()) {
      Set<String> fields = fields(action);
      fields.add("type");
      assertThat(properties(SCHEMAS.path("Gate" + action.getSimpleName())))
          .as(action.getSimpleName())
          .isEqualTo(fields);
    }
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void everyGoldenEventIsAsDocumented(Path file) throws IOException {
    JsonNode event = WireMapper.mapper().readTree(Files.readAllBytes(file));
    String type = event.path("type").asString();
    Schema schema = schema(message(type).path("payload"));

    assertThat(schema.validate(event).stream().map(Error::toString)).isEmpty();
    ((ObjectNode) event).put("epoch", "1");
    ((ObjectNode) event.path("data")).removeAll();
    assertThat(schema.validate(event)).as("an event that is not as documented").isNotEmpty();
  }

  static Stream<Path> goldenFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      return files.sorted().toList().stream();
    }
  }

  /** The payload schema of the data of each type on a topic. */
  private static Map<String, JsonNode> messages(String topic) {
    Map<String, JsonNode> found = new TreeMap<>();
    for (JsonNode channel : DOCUMENT.path("channels")) {
      if (channel.path("address").asString().equals(topic)) {
        channel
            .path("messages")
            .forEach(
                reference -> {
                  JsonNode message = resolved(reference);
                  found.put(
                      message.path("name").asString(),
                      resolved(message.at("/payload/allOf/1/properties/data")));
                });
      }
    }
    return found;
  }

  private static JsonNode message(String type) {
    return DOCUMENT
        .at("/components/messages")
        .valueStream()
        .filter(each -> each.at("/payload/allOf/1/properties/type/const").asString("").equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no message has the type " + type));
  }

  private Schema schema(JsonNode part) {
    ObjectNode whole = WireMapper.mapper().createObjectNode();
    part.properties().forEach(entry -> whole.set(entry.getKey(), entry.getValue()));
    whole.set("components", DOCUMENT.path("components"));
    return registry.getSchema(whole);
  }

  private static Set<String> properties(JsonNode schema) {
    return schema.path("properties").properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> fields(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> component.getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : DOCUMENT.at(reference.substring(1));
  }

  private static JsonNode document() {
    try (InputStream yaml =
        TopicDocumentTest.class.getResourceAsStream("/asyncapi/tollgate.yaml")) {
      Object loaded = new Yaml().load(yaml);
      return WireMapper.mapper().valueToTree(loaded);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyTopicOfTheServicesHasACodecHere() {
    List<String> ofPostedEvents = List.of(Topics.USAGE_EVENTS, Topics.USAGE_QUARANTINE);
    assertThat(CODECS.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Topics.COMPACTED.stream(), Topics.APPENDED.stream())
                .filter(topic -> !ofPostedEvents.contains(topic))
                .toList());
  }
}
