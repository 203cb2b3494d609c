package io.tollgate.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The events of a run: unique ids, instances in turn, times spread over the hours of the run. */
record Sample(Instant start, int hours, int instances, int events) {
  static final String TYPE = "bench.units";

  /** One event as posted. */
  byte[] event(int number) {
    Instant time = start.plusSeconds((long) number * hours * 3_600 / events);
    return """
    {"specversion":"1.0","id":"e-%d","source":"bench","type":"%s","subject":"i-%d","time":"%s",\
    "data":{"value":%d}}\
    """
        .formatted(number, TYPE, number % instances, time, number % 7 + 1)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Events {@code from} to {@code to}, the last excluded, as a CloudEvents batch. */
  byte[] batch(int from, int to) {
    var out = new java.io.ByteArrayOutputStream((to - from) * 180);
    for (int number = from; number < to; number++) {
      out.write(number == from ? '[' : ',');
      out.writeBytes(event(number));
    }
    out.write(']');
    return out.toByteArray();
  }
}
