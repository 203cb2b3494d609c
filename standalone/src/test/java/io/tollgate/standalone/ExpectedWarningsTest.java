package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import io.netty.handler.timeout.ReadTimeoutException;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.NotControllerException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a good start says is left out; the same words about anything else stay. */
class ExpectedWarningsTest {

  private static final String CONTROLLER = "kafka.server.ControllerApis";
  private static final String REGISTRATION =
      "Unexpected error handling request RequestHeader(apiKey=CONTROLLER_REGISTRATION,"
          + " apiVersion=0)";

  private static FilterReply decided(String logger, String message, @Nullable Throwable thrown) {
    return new ExpectedWarnings()
        .decide(
            new LoggingEvent(
                "", new LoggerContext().getLogger(logger), Level.ERROR, message, thrown, null));
  }

  @Test
  void aControllerThatIsStillTakingOverIsExpected() {
    Throwable takingOver = new CompletionException(new NotControllerException("it is node 1"));
    assertThat(decided(CONTROLLER, REGISTRATION, takingOver)).isEqualTo(FilterReply.DENY);

    assertThat(decided(CONTROLLER, REGISTRATION, new IllegalStateException("disk")))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(decided(CONTROLLER, "Unexpected error handling request FETCH", takingOver))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(decided("kafka.server.Broker", REGISTRATION, takingOver))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  @Test
  void aBodyThatStoppedComingIsExpected() {
    String dropping = "reactor.core.publisher.Operators";
    String dropped = "Operator called default onErrorDropped";
    assertThat(decided(dropping, dropped, ReadTimeoutException.INSTANCE))
        .isEqualTo(FilterReply.DENY);
    assertThat(decided(dropping, dropped, new IllegalStateException("a defect")))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  @Test
  void aProducerThatAsksAgainWhileATransactionEndsIsExpected() {
    String sender = "org.apache.kafka.clients.producer.internals.Sender";
    String retrying =
        "Got error produce response on topic-partition a-1, retrying (9 attempts left).";
    assertThat(decided(sender, retrying + " Error: CONCURRENT_TRANSACTIONS", null))
        .isEqualTo(FilterReply.DENY);
    assertThat(decided(sender, retrying + " Error: NOT_LEADER_OR_FOLLOWER", null))
        .isEqualTo(FilterReply.NEUTRAL);
  }
}
