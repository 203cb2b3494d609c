package io.tollgate.billing.usage;

import io.tollgate.model.event.WireMapper;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;

/** Dimension values as stored: a JSON object with sorted names. */
public final class Dimensions {
  private static final TypeReference<TreeMap<String, String>> TYPE = new TypeReference<>() {};
  private static final String NONE = "{}";

  private Dimensions() {}

  /** As text: equal values have equal texts. */
  public static String text(SortedMap<String, String> dimensions) {
    return dimensions.isEmpty() ? NONE : WireMapper.mapper().writeValueAsString(dimensions);
  }

  /** From text. */
  public static SortedMap<String, String> of(String text) {
    return text.equals(NONE) ? new TreeMap<>() : WireMapper.mapper().readValue(text, TYPE);
  }
}
