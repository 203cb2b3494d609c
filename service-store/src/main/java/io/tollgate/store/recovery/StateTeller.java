package io.tollgate.store.recovery;

/**
 * Tells the state of a key of a compacted topic as the service's database has it: after a restore
 * the topic's newest record of that key may be one that was taken back.
 */
public interface StateTeller {

  /** The compacted topic. */
  String topic();

  /** Puts the key's state into the outbox, or a tombstone; runs inside a transaction. */
  void tellAgain(String key);
}
