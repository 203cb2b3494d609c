package io.tollgate.support.observability;

import io.micrometer.core.instrument.Tags;

/** The gauge of all consumers, whatever they keep their position in. */
public final class ConsumerLag {

  /** Seconds between two readings: counting what waits reads it. */
  public static final long PERIOD_SECONDS = 15;

  private ConsumerLag() {}

  /** Shows how many records a consumer has not read. */
  public static void show(Reading.Display display, String consumer, long records) {
    display.show(
        "tollgate_consumer_lag",
        "Records that a consumer has not read yet, without transaction markers",
        Tags.of("consumer", consumer),
        (double) records);
  }
}
