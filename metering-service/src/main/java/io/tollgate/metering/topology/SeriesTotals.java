package io.tollgate.metering.topology;

import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.metering.aggregation.SeriesState;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;

/** Shows running totals; for queries of other threads. */
@FunctionalInterface
interface SeriesTotals {

  /**
   * Shows the series whose keys begin so, in no order.
   *
   * @param prefix empty for all
   */
  void each(Bytes prefix, BiConsumer<SeriesKey, SeriesState> consumer);
}
