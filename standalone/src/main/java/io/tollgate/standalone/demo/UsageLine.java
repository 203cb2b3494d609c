package io.tollgate.standalone.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** One usage event as a platform posts it (CloudEvents 1.0, JSON). */
record UsageLine(
    String id, String type, String instance, Instant time, Map<String, BigDecimal> data) {

  String json() {
    return """
    {"specversion":"1.0","id":"%s","source":"demo","type":"%s","subject":"%s","time":"%s","data":{%s}}\
    """
        .formatted(
            id,
            type,
            instance,
            time,
            data.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> "\"" + each.getKey() + "\":" + each.getValue().toPlainString())
                .collect(Collectors.joining(",")));
  }
}
