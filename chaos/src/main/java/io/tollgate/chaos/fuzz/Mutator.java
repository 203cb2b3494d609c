package io.tollgate.chaos.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Makes a record that should not be of one that is. */
final class Mutator {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> NUMBERS =
      List.of(
          "1e400000",
          "-1",
          "0",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "2147483647",
          "2147483648",
          "1e25",
          "0.1",
          "-0.5",
          "1e-30");
  private static final List<String> TIMES =
      List.of(
          "+1000000000-12-31T23:59:59.999999999Z",
          "+999999999-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "+300000-01-01T00:00:00Z",
          "0000-01-01T00:00:00Z",
          "1582-10-10T00:00:00Z");
  private static final int DEEP = 2_000;
  private static final int HUGE = 1_000_000;
  private static final int PARTITIONS = 4;

  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  /** One of any kind; a huge one seldom. */
  Mutation next() {
    Mutation[] all = Mutation.values();
    Mutation any = all[random.nextInt(all.length)];
    return any == Mutation.HUGE && random.nextInt(20) > 0 ? Mutation.TRUNCATED : any;
  }

  Poison mutate(ConsumerRecord<byte[], byte[]> record, Mutation mutation) {
    Headers headers = new RecordHeaders(record.headers().toArray());
    Optional<byte[]> key = Optional.ofNullable(record.key());
    Optional<byte[]> value = Optional.ofNullable(record.value()).map(byte[]::clone);
    int partition = record.partition();
    switch (mutation) {
      case SENT_AGAIN -> {}
      case HEADERS_MISSING -> headers = new RecordHeaders();
      case HEADERS_DOUBLED -> List.of(headers.toArray()).forEach(headers::add);
      case HEADERS_GARBLED -> headers = garbled(record.headers());
      case KEY_WRONG -> {
        key = Optional.of(anyKey());
        partition = random.nextInt(PARTITIONS);
      }
      case KEY_MISSING -> key = Optional.empty();
      case VALUE_MISSING -> value = Optional.empty();
      default -> value = value.map(bytes -> changed(bytes, mutation));
    }
    return new Poison(record.topic(), partition, key, value, headers, mutation);
  }

  private Headers garbled(Headers of) {
    Headers headers = new RecordHeaders();
    for (Header header : of) {
      byte[] garbage = bytes(random.nextInt(20));
      headers.add(header.key(), random.nextInt(3) == 0 ? null : garbage);
    }
    return headers;
  }

  private byte[] anyKey() {
    return switch (random.nextInt(5)) {
      case 0 -> new byte[0];
      case 1 -> new byte[] {0, 'a', 0};
      case 2 -> bytes(5);
      case 3 -> utf8(Hostile.noise(3_000 + random.nextInt(3_000), random));
      default -> utf8("foreign-" + random.nextInt(1_000));
    };
  }

  private byte[] changed(byte[] value, Mutation mutation) {
    return switch (mutation) {
      case TRUNCATED -> Arrays.copyOf(value, random.nextInt(Math.max(1, value.length)));
      case BIT_FLIPPED -> flipped(value);
      case HUGE -> huge(value);
      case WRONG_ENCODING ->
          new String(value, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
      case DEEP -> deep(value);
      case GARBAGE -> bytes(random.nextInt(300));
      default -> inJson(value, mutation);
    };
  }

  private byte[] inJson(byte[] value, Mutation mutation) {
    try {
      JsonNode event = JSON.readTree(value);
      if (event instanceof ObjectNode object) {
        change(object, mutation);
        return utf8(JSON.writeValueAsString(object));
      }
      return utf8(JSON.writeValueAsString(Bodies.mutated(event, random)));
    } catch (JacksonException e) {
      return flipped(value);
    }
  }

  private void change(ObjectNode event, Mutation mutation) {
    switch (mutation) {
      case UNKNOWN_TYPE -> event.put("type", "tollgate.unknown." + random.nextInt(10) + ".v9");
      case OTHER_TYPE -> event.put("type", anyType());
      case FOREIGN_ACCOUNT -> renamed(event, "foreign-" + random.nextInt(1_000));
      case WRONG_EPOCH -> event.set(random.nextBoolean() ? "epoch" : "sequence", anyNumber());
      case UNKNOWN_FIELDS -> anyObject(event).set("unknown", Hostile.node(random));
      default -> changeField(anyObject(event), mutation);
    }
  }

  private String anyType() {
    return List.of(
            "tollgate.usage.closed.v1",
            "tollgate.usage.revision.v1",
            "tollgate.meter.v1",
            "tollgate.billing.bill-booked.v1",
            "tollgate.account.opened.v1")
        .get(random.nextInt(5));
  }

  private static void renamed(ObjectNode node, String account) {
    for (String name : List.copyOf(node.propertyNames())) {
      if (node.get(name) instanceof ObjectNode inner) {
        renamed(inner, account);
      } else if (name.equals("account") || name.equals("subject")) {
        node.put(name, account);
      }
    }
  }

  private void changeField(ObjectNode object, Mutation mutation) {
    List<String> names = List.copyOf(object.propertyNames());
    if (names.isEmpty()) {
      object.put("unknown", true);
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    switch (mutation) {
      case MISSING_FIELDS -> object.remove(name);
      case NULL_FIELDS -> object.putNull(name);
      case OUT_OF_RANGE -> object.set(name, outOfRange(object.get(name)));
      case LONG_TEXTS -> object.put(name, Hostile.noise(200 + random.nextInt(6_000), random));
      case TEXTS_NOT_STORABLE ->
          object.put(name, List.of("a\u0000b", "\ud800", "\u0000").get(random.nextInt(3)));
      default -> object.set(name, Hostile.node(random));
    }
  }

  private JsonNode outOfRange(JsonNode now) {
    if (now.isString() && now.asString().matches("[0-9]{4}-.*Z")) {
      return NODES.stringNode(TIMES.get(random.nextInt(TIMES.size())));
    }
    if (now.isString() && now.asString().matches("-?[0-9.]+")) {
      return NODES.stringNode(NUMBERS.get(random.nextInt(NUMBERS.size())));
    }
    return anyNumber();
  }

  private JsonNode anyNumber() {
    return NODES.rawValueNode(new RawValue(NUMBERS.get(random.nextInt(NUMBERS.size()))));
  }

  /** The event itself, or one within it. */
  private ObjectNode anyObject(ObjectNode event) {
    List<ObjectNode> objects = new ArrayList<>();
    event
        .valueStream()
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .forEach(objects::add);
    return objects.isEmpty() || random.nextInt(3) == 0
        ? event
        : objects.get(random.nextInt(objects.size()));
  }

  private byte[] flipped(byte[] value) {
    for (int i = random.nextInt(3); i >= 0 && value.length > 0; i--) {
      value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return value;
  }

  /** The event with a megabyte in a field of it. */
  private byte[] huge(byte[] value) {
    try {
      if (JSON.readTree(value) instanceof ObjectNode object) {
        anyObject(object).put("unknown", "h".repeat(HUGE));
        return utf8(JSON.writeValueAsString(object));
      }
    } catch (JacksonException e) {
      // It becomes a megabyte of nothing.
    }
    return bytes(HUGE);
  }

  private byte[] deep(byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    String nested = "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP);
    return utf8(text.startsWith("{") ? "{\"deep\":" + nested + "," + text.substring(1) : nested);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
