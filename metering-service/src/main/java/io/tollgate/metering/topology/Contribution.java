package io.tollgate.metering.topology;

import io.tollgate.metering.aggregation.Value;
import io.tollgate.model.Window;
import io.tollgate.model.event.Aggregation;
import java.util.List;

/**
 * What one event adds to one series.
 *
 * @param key the series' bytes
 * @param window its window
 * @param aggregation how it totals
 * @param value what is added
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Contribution(byte[] key, Window window, Aggregation aggregation, Value value) {

  /** What an event adds, or why it adds nothing. */
  sealed interface Plan {

    /**
     * To each of these series.
     *
     * @param standing how the event counts
     */
    record Counts(List<Contribution> contributions, Remembered.Standing standing) implements Plan {}

    /**
     * Nothing.
     *
     * @param reason a stable word
     */
    record Refused(String reason) implements Plan {}
  }
}
