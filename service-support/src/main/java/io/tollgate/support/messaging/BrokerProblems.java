package io.tollgate.support.messaging;

import io.tollgate.support.failure.Causes;
import io.tollgate.support.web.FailureMeaning;
import io.tollgate.support.web.ProblemException;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;

/**
 * What failures of the broker mean to the author of a request: a broker that stands still or is
 * away is no fault of the program.
 */
final class BrokerProblems implements FailureMeaning {

  @Override
  public Optional<ProblemException> of(Throwable failure) {
    return Causes.find(failure, KafkaException.class)
        .map(
            e ->
                new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "kafka-unavailable",
                    "Kafka is unavailable; send the request again later"));
  }
}
