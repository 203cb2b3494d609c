package io.tollgate.metering.problem;

import io.tollgate.metering.log.LogUnavailableException;
import io.tollgate.metering.meter.MeterNotInUseException;
import io.tollgate.metering.topology.LiveState;
import io.tollgate.support.failure.Causes;
import io.tollgate.support.web.FailureMeaning;
import io.tollgate.support.web.ProblemException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Answers a request with 503 while the log is unavailable, while the stores it needs are on another
 * instance, and while a meter is not in use yet: the client retries.
 */
@Component
final class MeteringProblems implements FailureMeaning {

  @Override
  public Optional<ProblemException> of(Throwable failure) {
    return problem(failure, LogUnavailableException.class, "kafka-unavailable")
        .or(() -> problem(failure, LiveState.NotHereException.class, "usage-not-here"))
        .or(() -> problem(failure, MeterNotInUseException.class, "not-yet-known"));
  }

  private static Optional<ProblemException> problem(
      Throwable failure, Class<? extends Exception> type, String slug) {
    return Causes.find(failure, type)
        .map(
            cause ->
                new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE, slug, String.valueOf(cause.getMessage())));
  }
}
