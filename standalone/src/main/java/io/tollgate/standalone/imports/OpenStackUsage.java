package io.tollgate.standalone.imports;

import io.tollgate.client.metering.UsageEvent;
import io.tollgate.model.Hashes;
import io.tollgate.model.event.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads usage of OpenStack: an array of Ceilometer samples, or CloudKitty's data frames (version 2
 * of its interface). The type of an event is {@code openstack.<name of the meter>}, the instance
 * the resource.
 */
public final class OpenStackUsage {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final String CEILOMETER = "ceilometer";
  private static final String CLOUDKITTY = "cloudkitty";

  private OpenStackUsage() {}

  /**
   * The records as events; their data is the quantity, as {@code value}, its unit and the project.
   *
   * @throws UnreadableExportException when it is neither, or a record lacks a field
   */
  public static List<UsageEvent> read(String export) {
    JsonNode json = parsed(export);
    List<UsageEvent> events = new ArrayList<>();
    if (json.isArray()) {
      json.forEach(sample -> events.add(sample(sample)));
    } else if (json.path("dataframes").isArray()) {
      json.path("dataframes").forEach(frame -> addFrame(frame, events));
    } else {
      throw new UnreadableExportException(
          "neither an array of Ceilometer samples nor CloudKitty's data frames");
    }
    return events;
  }

  private static JsonNode parsed(String export) {
    try {
      return JSON.readTree(export);
    } catch (JacksonException e) {
      throw new UnreadableExportException("not JSON: " + e.getOriginalMessage());
    }
  }

  /** Ceilometer gives each sample an id. */
  private static UsageEvent sample(JsonNode sample) {
    String id = sample.path("message_id").asString(sample.path("id").asString(""));
    String meter = sample.path("counter_name").asString(sample.path("meter").asString(""));
    return event(
        id.isEmpty() ? text(sample, "message_id") : id,
        CEILOMETER,
        meter.isEmpty() ? text(sample, "counter_name") : meter,
        text(sample, "resource_id"),
        time(text(sample, "timestamp")),
        Map.of(
            "value", number(sample, sample.has("counter_volume") ? "counter_volume" : "volume"),
            "unit", sample.path("counter_unit").asString(sample.path("unit").asString("")),
            "project", sample.path("project_id").asString("")));
  }

  private static void addFrame(JsonNode frame, List<UsageEvent> events) {
    String begin = text(frame.path("period"), "begin");
    frame
        .path("usage")
        .properties()
        .forEach(
            metric ->
                metric
                    .getValue()
                    .forEach(point -> events.add(point(metric.getKey(), begin, point))));
  }

  /** CloudKitty's points have no ids: metric, resource and period name them. */
  private static UsageEvent point(String metric, String begin, JsonNode point) {
    JsonNode groups = point.path("groupby");
    String resource = text(groups, "id");
    return event(
        Hashes.named("ck-", metric + "|" + groups + "|" + begin),
        CLOUDKITTY,
        metric,
        resource,
        time(begin),
        Map.of(
            "value", number(point.path("vol"), "qty"),
            "unit", point.at("/vol/unit").asString(""),
            "project", groups.path("project_id").asString("")));
  }

  private static UsageEvent event(
      String id, String source, String meter, String resource, Instant time, Map<String, ?> data) {
    return new UsageEvent(id, source, "openstack." + meter, resource, time, data);
  }

  /** OpenStack's times are UTC, also those that do not say so. */
  private static Instant time(String text) {
    String utc = text.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})") ? text : text + "Z";
    try {
      return Timestamps.parse(utc);
    } catch (DateTimeException e) {
      throw new UnreadableExportException("'%s' is not a time".formatted(text));
    }
  }

  private static Object number(JsonNode node, String field) {
    if (!node.path(field).isNumber()) {
      throw new UnreadableExportException("'%s' is not a number in %s".formatted(field, node));
    }
    return node.path(field).decimalValue();
  }

  private static String text(JsonNode node, String field) {
    String text = node.path(field).asString("");
    if (text.isEmpty()) {
      throw new UnreadableExportException("'%s' is missing in %s".formatted(field, node));
    }
    return text;
  }
}
