package io.tollgate.metering.openmeter;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.tollgate.metering.usage.VisibleInstances;
import io.tollgate.model.InstanceId;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The events that came in last, as they were posted, in the shape of OpenMeter. */
@RestController
final class EventListController {

  private static final int MAX_LIMIT = 100;

  /** Lists that read the log at once; one more is answered 503. */
  private static final int AT_ONCE = 4;

  private final RecentEvents events;
  private final VisibleInstances visible;
  private final Semaphore readers = new Semaphore(AT_ONCE);

  EventListController(RecentEvents events, VisibleInstances visible) {
    this.events = events;
    this.visible = visible;
  }

  /**
   * An event and when the broker took it.
   *
   * @param event the very bytes that were posted
   */
  record Ingested(@JsonRawValue String event, Instant ingestedAt, Instant storedAt) {}

  @GetMapping("/api/v1/events")
  List<Ingested> list(
      Caller caller,
      @RequestParam Optional<String> clientId,
      @RequestParam Optional<Instant> ingestedAtFrom,
      @RequestParam Optional<Instant> ingestedAtTo,
      @RequestParam Optional<String> id,
      @RequestParam Optional<InstanceId> subject,
      @RequestParam Optional<Instant> from,
      @RequestParam Optional<Instant> to,
      @RequestParam Optional<Integer> limit) {
    int most = limit.orElse(MAX_LIMIT);
    if (most < 1 || most > MAX_LIMIT) {
      throw ProblemException.invalid("limit", "'" + most + "' must be 1 to " + MAX_LIMIT);
    }
    RecentEvents.Wanted wanted =
        new RecentEvents.Wanted(ingestedAtFrom, ingestedAtTo, id, subject, from, to);
    if (!readers.tryAcquire()) {
      throw new ProblemException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "overloaded",
          "too many lists of events are being read at the same time",
          Map.of());
    }
    try {
      return events.latest(wanted, visible.to(caller), most).stream()
          .map(found -> new Ingested(found.json(), found.storedAt(), found.storedAt()))
          .toList();
    } finally {
      readers.release();
    }
  }
}
