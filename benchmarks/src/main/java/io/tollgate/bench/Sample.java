package io.tollgate.bench;

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
  private static final int SIZE = 200;

  /** The event type of a meter. */
  static String type(int meter) {
    return "bench.units." + meter;
  }

  /** One event as posted. */
  byte[] event(int number) {
    StringBuilder text = new StringBuilder(SIZE);
    append(text, number);
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Plain appending: the load must leave the processor to what is measured. */
  private void append(StringBuilder text, int number) {
    text.append("{\"specversion\":\"1.0\",\"id\":\"")
        .append(who.prefix())
        .append('-')
        .append(start.getEpochSecond())
        .append('-')
        .append(number)
        .append("\",\"source\":\"bench\",\"type\":\"")
        .append(type(who.meterOf(number)))
        .append("\",\"subject\":\"")
        .append(who.instanceOf(number))
        .append("\",\"time\":\"")
        .append(start.plusSeconds((long) number * hours * 3_600 / events))
        .append("\",\"data\":{\"value\":")
        .append(number % 7 + 1)
        .append("}}");
  }

  /** The key of an event in Kafka. */
  byte[] key(int number) {
    return who.instanceOf(number).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Events {@code from} to {@code to}, the last excluded, as a CloudEvents batch. */
  byte[] batch(int from, int to) {
    StringBuilder text = new StringBuilder((to - from) * SIZE);
    for (int number = from; number < to; number++) {
      text.append(number == from ? '[' : ',');
      append(text, number);
    }
    return text.append(']').toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
