package io.tollgate.support.messaging;

/**
 * A topic a service needs; beans of this type are created or verified before anything else starts.
 *
 * @param name the topic's name
 * @param compacted whether only the newest record of each key is kept
 */
public record TopicSpec(String name, boolean compacted) {

  /** A topic kept by time. */
  public static TopicSpec appended(String name) {
    return new TopicSpec(name, false);
  }

  /** A topic that keeps the newest record of each key. */
  public static TopicSpec compacted(String name) {
    return new TopicSpec(name, true);
  }
}
