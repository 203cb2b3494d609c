package io.tollgate.metering.event;

import io.tollgate.model.event.MeterDefinition;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * A set of JSON Pointers (RFC 6901), read from an event's data in one pass; what no pointer leads
 * to is skipped.
 */
public final class Pointers {

  private final Node root = new Node();
  private final int size;

  /** Compiles pointers as meters have them; their order is the order of the results. */
  public Pointers(List<String> pointers) {
    this.size = pointers.size();
    for (int slot = 0; slot < size; slot++) {
      add(pointers.get(slot), slot);
    }
  }

  /**
   * What pointers led to.
   *
   * @param pointers the pointers
   * @param values one for each, see {@link #read}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Found(Pointers pointers, @Nullable Object[] values) {}

  private static final class Node {
    private final Map<String, Node> children = new HashMap<>();
    private int[] slots = {};

    void found(@Nullable Object value, @Nullable Object[] found) {
      for (int slot : slots) {
        found[slot] = value;
      }
    }
  }

  private void add(String pointer, int slot) {
    if (!MeterDefinition.isPointer(pointer)) {
      throw new IllegalArgumentException("not a JSON Pointer: " + pointer);
    }
    Node node = root;
    if (!pointer.isEmpty()) {
      for (String part : pointer.substring(1).split("/", -1)) {
        String name = part.replace("~1", "/").replace("~0", "~");
        node = node.children.computeIfAbsent(name, key -> new Node());
      }
    }
    node.slots = Arrays.copyOf(node.slots, node.slots.length + 1);
    node.slots[node.slots.length - 1] = slot;
  }

  /**
   * The scalars the pointers lead to; read now, unless they were found when the event was read.
   *
   * @return one per pointer: a {@link String}, a {@link BigDecimal}, or null where there is no
   *     scalar
   * @throws IllegalArgumentException when the data is not JSON
   */
  public @Nullable Object[] read(UsageEvent event) {
    Found before = event.found();
    if (before != null && before.pointers() == this) {
      return before.values();
    }
    @Nullable Object[] found = new @Nullable Object[size];
    if (size == 0 || event.dataLength() == 0) {
      return found;
    }
    try {
      walk(new PlainJson(event.data(), event.dataOffset(), event.dataLength()), root, found);
      return found;
    } catch (PlainJson.NotPlainException e) {
      return general(event);
    }
  }

  /** Reads the value that comes next. */
  Found read(PlainJson json) {
    @Nullable Object[] found = new @Nullable Object[size];
    walk(json, root, found);
    return new Found(this, found);
  }

  /** Reads any JSON. */
  @Nullable Object[] general(UsageEvent event) {
    @Nullable Object[] found = new @Nullable Object[size];
    if (event.dataLength() == 0) {
      return found;
    }
    try (JsonParser parser =
        EventJson.factory()
            .createParser(
                ObjectReadContext.empty(), event.data(), event.dataOffset(), event.dataLength())) {
      parser.nextToken();
      walk(parser, root, found);
      return found;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("data is not JSON", e);
    }
  }

  private static void walk(PlainJson json, Node node, @Nullable Object[] found) {
    switch (json.peek()) {
      case '{' -> {
        json.expect('{');
        for (boolean first = true; json.hasMember(first); first = false) {
          Node child = node.children.get(json.name());
          if (child == null) {
            int unused = json.skip();
          } else {
            walk(json, child, found);
          }
        }
      }
      case '"' -> node.found(json.text(), found);
      case 't', 'f' -> node.found(json.word(), found);
      case 'n' -> {
        String unused = json.word();
      }
      default -> node.found(json.number(), found);
    }
  }

  private static void walk(JsonParser parser, Node node, @Nullable Object[] found) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        Node child = node.children.get(parser.currentName());
        parser.nextToken();
        step(parser, child, found);
      }
    } else if (token == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        step(parser, node.children.get(Integer.toString(i)), found);
      }
    } else {
      scalar(parser, token, node, found);
    }
  }

  private static void step(JsonParser parser, @Nullable Node node, @Nullable Object[] found) {
    if (node == null) {
      parser.skipChildren();
    } else {
      walk(parser, node, found);
    }
  }

  private static void scalar(
      JsonParser parser, JsonToken token, Node node, @Nullable Object[] found) {
    if (node.slots.length == 0 || token == JsonToken.VALUE_NULL) {
      return;
    }
    Object value =
        switch (token) {
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
          case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> parser.getString();
          default -> null;
        };
    node.found(value, found);
  }
}
