package io.tollgate.metering.problem;

import io.tollgate.metering.log.LogUnavailableException;
import io.tollgate.metering.meter.MeterNotInUseException;
import io.tollgate.metering.meter.MeterUnreadableException;
import io.tollgate.metering.topology.LiveState;
import io.tollgate.support.failure.Causes;
import io.tollgate.support.web.FailureMeaning;
import io.tollgate.support.web.ProblemException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Answers a request with 503 while the log is unavailable, while the stores it needs are on another
 * instance, and while a meter is not in use yet: the client retries. A meter that cannot be read is
 * a conflict that lasts.
 */
@Component
final class MeteringProblems implements FailureMeaning {

  @Override
  public Optional<ProblemException> of(Throwable failure) {
    HttpStatus later = HttpStatus.SERVICE_UNAVAILABLE;
    return problem(failure, LogUnavailableException.class, later, "kafka-unavailable")
        .or(() -> problem(failure, LiveState.NotHereException.class, later, "usage-not-here"))
        .or(() -> problem(failure, MeterNotInUseException.class, later, "not-yet-known"))
        .or(
            () ->
                problem(
                    failure,
                    MeterUnreadableException.class,
                    HttpStatus.CONFLICT,
                    "meter-unreadable"));
  }

  private static Optional<ProblemException> problem(
      Throwable failure, Class<? extends Exception> type, HttpStatus status, String slug) {
    return Causes.find(failure, type)
        .map(cause -> new ProblemException(status, slug, String.valueOf(cause.getMessage())));
  }
}
