package io.tollgate.store.recovery;

/**
 * Publishes the state of a key of a compacted topic as it is in the service's database: after a
 * restore the newest record of that key may be one that the database has lost.
 */
public interface StatePublisher {

  /** The compacted topic. */
  String topic();

  /** Puts the key's state into the outbox, or a tombstone; runs inside a transaction. */
  void republish(String key);
}
