package io.tollgate.metering.testing;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks for usage and events as clients of OpenMeter do. */
public record OpenMeter(RunningMetering metering) {

  /** Reads numbers as they are written. */
  public static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** The answer to a GET below {@code /api/v1/}. */
  public JsonNode query(String token, String path) {
    return JSON.readTree(metering.get("/api/v1/" + path, token).body());
  }

  /**
   * The rows of a meter's query below {@code /api/v1/meters/}: {@code hh:mm
   * subject{dimensions}=value}.
   */
  public String rows(String token, String path) {
    StringBuilder rows = new StringBuilder();
    for (JsonNode row : query(token, "meters/" + path).at("/data")) {
      rows.append(row.at("/windowStart").asString().substring(11, 16))
          .append(' ')
          .append(row.at("/subject").asString("*"))
          .append(row.at("/groupBy").size() == 0 ? "" : row.at("/groupBy").toString())
          .append('=')
          .append(row.at("/value").decimalValue().toPlainString())
          .append(' ');
    }
    return rows.toString().strip();
  }
}
