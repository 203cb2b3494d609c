package io.tollgate.standalone.imports;

import io.tollgate.client.metering.UsageEvent;
import io.tollgate.model.Hashes;
import io.tollgate.model.event.Timestamps;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a metric of one instance as exported from CloudWatch: a header, then rows {@code
 * timestamp,value}. Times are UTC, as {@code 2014-04-01 00:00:00} or by RFC 3339.
 *
 * @param instance the instance that it is about
 * @param type the type of the events
 */
public record CloudWatchCsv(String instance, String type) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final String SOURCE = "cloudwatch";

  /**
   * The rows as events, {@code {"value": ...}} their data.
   *
   * @throws UnreadableExportException for a row that is not a time and a number
   */
  public List<UsageEvent> read(String csv) {
    List<UsageEvent> events = new ArrayList<>();
    int number = 0;
    for (String row : csv.lines().toList()) {
      number++;
      if (number > 1 && !row.isBlank()) {
        events.add(event(number, row));
      }
    }
    return events;
  }

  private UsageEvent event(int number, String row) {
    String[] cells = row.replace("\"", "").split(",", -1);
    if (cells.length != 2) {
      throw new UnreadableExportException(
          "line %d: '%s' is not timestamp,value".formatted(number, row));
    }
    try {
      Instant time = time(cells[0].strip());
      BigDecimal value = new BigDecimal(cells[1].strip());
      String id = Hashes.named("cw-", instance + "|" + type + "|" + time);
      return new UsageEvent(id, SOURCE, type, instance, time, Map.of("value", value));
    } catch (DateTimeException | NumberFormatException e) {
      throw new UnreadableExportException(
          "line %d: '%s' is not a time and a number".formatted(number, row));
    }
  }

  private static Instant time(String text) {
    return text.contains("T")
        ? Timestamps.parse(text)
        : LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
  }
}
