package io.tollgate.metering.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tollgate.support.observability.Histograms;
import java.util.concurrent.TimeUnit;

/** What came of posted events. */
final class IngestMeters {

  private final Counter accepted;
  private final Counter rejected;
  private final Timer duration;

  IngestMeters(MeterRegistry meters) {
    this.accepted = events(meters, "accepted");
    this.rejected = events(meters, "rejected");
    this.duration =
        Histograms.ofRequests(
            meters,
            "tollgate_ingest_append_seconds",
            "From having read the events of a request to having them on all replicas",
            Tags.empty());
  }

  private static Counter events(MeterRegistry meters, String outcome) {
    return Counter.builder("tollgate_ingest_events")
        .description("Usage events posted")
        .tag("outcome", outcome)
        .register(meters);
  }

  /** The events of a request are in the log. */
  void accepted(int events, long nanos) {
    accepted.increment(events);
    duration.record(nanos, TimeUnit.NANOSECONDS);
  }

  void rejected(int events) {
    if (events > 0) {
      rejected.increment(events);
    }
  }
}
