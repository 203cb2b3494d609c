package io.tollgate.store.consumer;

import io.tollgate.model.event.EventEnvelope;
import java.util.List;

/**
 * Makes consumers apply each numbered event once, however often it is published.
 *
 * <p>Keeps, per topic and account, the last (epoch, sequence) applied; to be used inside a
 * handler's transaction. A jump in the numbers is applied too, but counted in {@code
 * tollgate_event_gaps_total} and remembered, so that the missing events are still taken when they
 * are replayed.
 */
public interface AppliedSequences {

  /**
   * The events not applied yet, in their order; they count as applied when the transaction commits.
   * Events without a sequence always pass.
   *
   * @param topic the topic they were read from
   */
  <E> List<Received<EventEnvelope<E>>> unapplied(
      String topic, List<Received<EventEnvelope<E>>> events);
}
