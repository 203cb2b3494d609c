package io.tollgate.client.metering;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A usage event: a CloudEvents 1.0 event about an instance.
 *
 * @param id identifies it, together with source and subject; the same event posted again counts
 *     once
 * @param source who measured
 * @param type what was measured; the meters of this type count it
 * @param subject the instance
 * @param time when it happened
 * @param data values that meters read
 */
public record UsageEvent(
    String id, String source, String type, String subject, Instant time, Map<String, ?> data) {

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("specversion", "1.0");
    json.put("id", id);
    json.put("source", source);
    json.put("type", type);
    json.put("subject", subject);
    json.put("time", time);
    json.put("data", data);
    return json;
  }
}
