package io.tollgate.store.outbox;

import java.util.List;

/**
 * The only way from PostgreSQL to Kafka.
 *
 * <p>Rows are written in the caller's transaction and published after its commit, at least once, in
 * commit order per account. Call it while holding the lock of every account concerned.
 */
public interface Outbox {

  /** Adds one message. */
  default void append(OutboxMessage message) {
    append(List.of(message));
  }

  /** Adds messages, to be published in this order; made for thousands at once. */
  void append(List<OutboxMessage> messages);
}
