package io.tollgate.support.observability;

import io.micrometer.core.instrument.Tags;

/**
 * A query whose result is shown as gauges.
 *
 * @param name in metrics and logs; unique within a service
 * @param periodSeconds seconds between two readings
 * @param source reads all series and shows each
 */
public record Reading(String name, long periodSeconds, Source source) {

  /** Reads values and shows them. */
  @FunctionalInterface
  public interface Source {
    /** Shows every series each time: one that is not shown disappears. */
    void read(Display display);
  }

  /** Takes the values of gauges. */
  @FunctionalInterface
  public interface Display {
    /**
     * Sets a gauge.
     *
     * @param gauge its name, with its unit
     * @param tags of few values: never an account or an instance
     */
    void show(String gauge, String description, Tags tags, double value);
  }
}
