package io.tollgate.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The events of a run: unique ids, series in turn, times spread over the hours of the run.
 *
 * @param who uses
 * @param start of the first hour
 * @param hours how many
 * @param events how many; a series has one in every hour when there are at least as many as series
 *     and hours
 */
record Sample(Population who, Instant start, int hours, int events) {

  /** The event type of a meter. */
  static String type(int meter) {
    return "bench.units." + meter;
  }

  /** One event as posted. */
  byte[] event(int number) {
    Instant time = start.plusSeconds((long) number * hours * 3_600 / events);
    return """
    {"specversion":"1.0","id":"%s-%d","source":"bench","type":"%s","subject":"%s","time":"%s",\
    "data":{"value":%d}}\
    """
        .formatted(
            who.prefix(),
            number,
            type(who.meterOf(number)),
            who.instanceOf(number),
            time,
            number % 7 + 1)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The key of an event in Kafka. */
  byte[] key(int number) {
    return who.instanceOf(number).getBytes(StandardCharsets.UTF_8);
  }

  /** Events {@code from} to {@code to}, the last excluded, as a CloudEvents batch. */
  byte[] batch(int from, int to) {
    var out = new ByteArrayOutputStream((to - from) * 180);
    for (int number = from; number < to; number++) {
      out.write(number == from ? '[' : ',');
      out.writeBytes(event(number));
    }
    out.write(']');
    return out.toByteArray();
  }
}
