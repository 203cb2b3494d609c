package io.tollgate.support.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.support.web.ProblemException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class BrokerProblemsTest {

  private final BrokerProblems problems = new BrokerProblems();

  /** Pins a 500 of {@code GET /v1/clock} while the broker stood still. */
  @Test
  void aBrokerThatStandsStillIsNoFaultOfTheProgram() {
    Throwable failure =
        new IllegalStateException(
            new KafkaException(
                "the end offsets of the topics cannot be read", new TimeoutException()));
    assertThat(problems.of(failure))
        .get()
        .extracting(ProblemException::status, ProblemException::slug)
        .containsExactly(HttpStatus.SERVICE_UNAVAILABLE, "kafka-unavailable");
  }

  @Test
  void whatIsNotTheBrokersIsLeftToOthers() {
    assertThat(problems.of(new IllegalStateException("a fault"))).isEmpty();
  }
}
