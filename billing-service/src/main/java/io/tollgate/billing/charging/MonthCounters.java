package io.tollgate.billing.charging;

import io.tollgate.billing.rating.Counter;
import io.tollgate.billing.rating.CounterKey;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.event.WireMapper;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The counters of a month as stored: {@code [[instance, meter, free units, units, amount], ...]},
 * in no particular order; the instance of an account's counter is empty. They are parsed and
 * written without a JSON tree, because every bill does both.
 */
final class MonthCounters {
  private static final int COUNTER_CHARS = 64;

  private MonthCounters() {}

  /** As JSON; identifiers need no escapes. */
  static String json(Map<CounterKey, Counter> counters) {
    StringBuilder out = new StringBuilder(COUNTER_CHARS * (counters.size() + 1)).append('[');
    counters.forEach(
        (key, counter) -> {
          out.append(out.length() == 1 ? "[\"" : ",[\"")
              .append(key.instance().map(InstanceId::value).orElse(""));
          out.append("\",\"").append(key.meter().value());
          out.append("\",").append(counter.freeUnits().toPlainString());
          out.append(',').append(counter.units().toPlainString());
          out.append(',').append(counter.amount().toPlainString()).append(']');
        });
    return out.append(']').toString();
  }

  /** From JSON. */
  static Map<CounterKey, Counter> of(String json) {
    Map<CounterKey, Counter> counters = new HashMap<>();
    try (JsonParser parser = WireMapper.mapper().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        String instance = parser.nextStringValue();
        MeterKey meter = MeterKey.of(parser.nextStringValue());
        Counter counter = new Counter(decimal(parser), decimal(parser), decimal(parser));
        counters.put(
            instance.isEmpty()
                ? CounterKey.ofAccount(meter)
                : CounterKey.ofInstance(InstanceId.of(instance), meter),
            counter);
        parser.nextToken();
      }
    }
    return counters;
  }

  private static BigDecimal decimal(JsonParser parser) {
    parser.nextToken();
    return parser.getDecimalValue();
  }
}
