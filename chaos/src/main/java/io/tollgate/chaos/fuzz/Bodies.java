package io.tollgate.chaos.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Does harm to JSON: to its values, and to its text. */
final class Bodies {

  private static final int DEEP = 3_000;
  private static final int HUGE = 1_200_000;

  private Bodies() {}

  /** Changes one value somewhere. */
  static JsonNode mutated(JsonNode whole, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(whole, containers);
    if (containers.isEmpty()) {
      return Hostile.node(random);
    }
    JsonNode container = containers.get(random.nextInt(containers.size()));
    if (container instanceof ObjectNode object) {
      change(object, random);
    } else if (container instanceof ArrayNode array) {
      change(array, random);
    }
    return whole;
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      if (!node.isEmpty()) {
        containers.add(node);
      }
      node.valueStream().forEach(child -> collect(child, containers));
    }
  }

  private static void change(ObjectNode object, Random random) {
    List<String> names = List.copyOf(object.propertyNames());
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(8)) {
      case 0 -> object.remove(name);
      case 1 -> object.putNull(name);
      case 2 -> object.put("unknown", 1);
      case 3 -> object.set(name + "\u0000", object.get(name));
      default -> object.set(name, Hostile.node(random));
    }
  }

  private static void change(ArrayNode array, Random random) {
    int index = random.nextInt(array.size());
    switch (random.nextInt(4)) {
      case 0 -> array.addNull();
      case 1 -> array.insert(index, array.get(index).deepCopy());
      default -> array.set(index, Hostile.node(random));
    }
  }

  /** Breaks the text. */
  static byte[] broken(String json, Random random) {
    return switch (random.nextInt(14)) {
      case 0 -> utf8(json.substring(0, json.length() / 2));
      case 1 -> utf8(json + json);
      case 2 -> utf8(json + "x");
      case 3 -> json.getBytes(StandardCharsets.UTF_16);
      case 4 -> utf8("\ufeff" + json);
      case 5 -> flipped(utf8(json), random);
      case 6 -> new byte[] {(byte) 0xc0, (byte) 0xaf, (byte) 0xff, (byte) 0xfe};
      case 7 -> utf8("[".repeat(DEEP) + "]".repeat(DEEP));
      case 8 -> utf8("{\"a\":".repeat(DEEP));
      case 9 -> random.nextInt(10) == 0 ? huge() : utf8("");
      case 10 -> utf8(json.replaceFirst("\\{", "{\"reason\":\"x\",\"reason\":\"y\","));
      case 11 -> utf8(json.replaceFirst(":", ":1e400000,\"x\":"));
      case 12 -> utf8("/* */ " + json);
      default -> invalidText(json);
    };
  }

  /** Ends a text within a character. */
  private static byte[] invalidText(String json) {
    return json.replaceFirst(":\"", ":\"\u00e9\u00ff").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] huge() {
    byte[] bytes = new byte[HUGE];
    Arrays.fill(bytes, (byte) ' ');
    return bytes;
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
