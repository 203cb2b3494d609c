package io.tollgate.support.messaging;

import io.tollgate.support.failure.Causes;
import io.tollgate.support.web.FailureMeaning;
import io.tollgate.support.web.ProblemException;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;

/**
 * Maps failures of the broker to problems: a paused or unreachable broker is not a defect of the
 * service.
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
