package io.tollgate.standalone.imports;

import io.tollgate.client.metering.UsageEvent;
import io.tollgate.model.Hashes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the answer of Prometheus to a range query. The query has to give what was used in each
 * step, e.g. {@code increase(node_network_transmit_bytes_total[5m])} with a step of 5 minutes.
 *
 * @param query the query; part of the ids, so that two queries' events are not taken for one
 * @param instanceLabel the label that names the instance
 * @param type the type of the events
 */
public record PrometheusMatrix(String query, String instanceLabel, String type) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SOURCE = "prometheus";

  /**
   * The samples as events; their data is the value, as {@code value}, and the labels. What is no
   * number (NaN, Inf) is left out.
   *
   * @throws UnreadableExportException when it is not a successful answer to a range query, or a
   *     series has no such label
   */
  public List<UsageEvent> read(String answer) {
    JsonNode json = parsed(answer);
    if (!json.path("status").asString("").equals("success")) {
      throw new UnreadableExportException(
          "Prometheus answered: " + json.path("error").asString("no error is given"));
    }
    if (!json.at("/data/resultType").asString("").equals("matrix")) {
      throw new UnreadableExportException("the answer is not one to a range query");
    }
    List<UsageEvent> events = new ArrayList<>();
    json.at("/data/result").forEach(series -> addSeries(series, events));
    return events;
  }

  private static JsonNode parsed(String answer) {
    try {
      return JSON.readTree(answer);
    } catch (JacksonException e) {
      throw new UnreadableExportException("Prometheus' answer is not JSON");
    }
  }

  private void addSeries(JsonNode series, List<UsageEvent> events) {
    Map<String, String> labels = new TreeMap<>();
    series
        .path("metric")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
    String instance = labels.get(instanceLabel);
    if (instance == null) {
      throw new UnreadableExportException(
          "the series %s has no label '%s'".formatted(labels, instanceLabel));
    }
    for (JsonNode sample : series.path("values")) {
      String value = sample.path(1).asString("");
      if (!value.matches("NaN|[+-]?Inf")) {
        events.add(event(instance, labels, sample.path(0).decimalValue(), new BigDecimal(value)));
      }
    }
  }

  private UsageEvent event(
      String instance, Map<String, String> labels, BigDecimal seconds, BigDecimal value) {
    Instant time = Instant.ofEpochMilli(seconds.movePointRight(3).longValueExact());
    Map<String, Object> data = new LinkedHashMap<>(labels);
    data.put("value", value);
    return new UsageEvent(
        Hashes.named("prom-", query + "|" + labels + "|" + time),
        SOURCE,
        type,
        instance,
        time,
        data);
  }
}
