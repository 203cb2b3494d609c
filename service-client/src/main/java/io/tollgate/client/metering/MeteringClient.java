package io.tollgate.client.metering;

import static io.tollgate.client.Calls.path;
import static io.tollgate.client.Calls.query;

import io.tollgate.client.Calls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The metering service: usage events, meters, usage. */
public final class MeteringClient {

  private static final String BATCH = "application/cloudevents-batch+json";

  private final Calls calls;

  /** Calls the service. */
  public MeteringClient(Calls calls) {
    this.calls = calls;
  }

  /**
   * Posts usage events as one batch; returns when the broker has them on all replicas. One invalid
   * event rejects the batch, and the problem names every invalid one by its index.
   */
  public void post(List<UsageEvent> events) {
    calls.send("/api/v1/events", BATCH, events.stream().map(UsageEvent::json).toList());
  }

  /** What became of an event. */
  public EventFate fate(String source, String instance, String id) {
    return calls.get(
        query(
            "/v1/event-fates/event",
            Map.of(
                "source", Optional.of(source),
                "instance", Optional.of(instance),
                "id", Optional.of(id))),
        EventFate.class);
  }

  /** Defines a meter, or its next version; the same definition again changes nothing. */
  public Meter define(NewMeter meter) {
    return calls.post("/v1/meters", meter, Meter.class);
  }

  /** The versions of all meters, except withdrawn ones. */
  public List<Meter> meters() {
    return calls.list("/v1/meters", Meter.class);
  }

  /** An account's usage by window, in a time, open windows included. */
  public Stream<Usage> usage(String account, String granularity, Instant from, Instant to) {
    return calls.pages(
        query(
            path("/v1/accounts/{account}/usage", account),
            Map.of(
                "granularity", Optional.of(granularity),
                "from", Optional.of(from.toString()),
                "to", Optional.of(to.toString()))),
        Usage.class);
  }
}
