package io.tollgate.metering.topology;

/** The name under which positions and state of a generation are kept in Kafka. */
public final class StreamsGroup {

  private StreamsGroup() {}

  /** The application id, which is the consumer group. */
  public static String of(String generation) {
    return "tollgate-metering-" + generation;
  }
}
