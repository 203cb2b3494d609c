package io.tollgate.support.web;

import static io.tollgate.support.testing.KeptConnection.post;
import static io.tollgate.support.testing.KeptConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.support.testing.HttpService;
import io.tollgate.support.testing.KeptConnection;
import io.tollgate.support.testing.SharedHttpService;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever was answered before, a connection that is kept is answered on.
 *
 * <p>Pins the server that stopped reading: a request that came in before the one before it had been
 * put away was queued, and when it was answered at once, as a refusal is, nothing read the
 * connection again.
 */
@ExtendWith(SharedHttpService.class)
class KeepAliveIT {

  private static final String BROKEN = "not-a-token";
  private static final int CONNECTIONS = 60;

  private final HttpService service;

  KeepAliveIT(HttpService service) {
    this.service = service;
  }

  @Test
  void aRefusalQueuedBehindASlowAnswerDoesNotSilenceTheConnection() {
    CountDownLatch held = service.things().hold();
    try (KeptConnection connection = service.connect()) {
      connection.send(
          request("GET", "/v1/held", service.operator()) + request("GET", "/v1/things", BROKEN));
      held.countDown();
      assertThat(connection.answer().status()).isEqualTo(200);
      assertThat(connection.answer().status()).isEqualTo(401);
      assertThat(connection.ask(request("GET", "/v1/things", service.operator())).status())
          .isEqualTo(200);
    }
  }

  @Test
  void withoutATokenAndThenWithABrokenOneIsAnsweredOnEveryConnection() {
    for (int i = 0; i < CONNECTIONS; i++) {
      try (KeptConnection connection = service.connect()) {
        for (String token : new String[] {"", BROKEN, "", BROKEN}) {
          assertThat(connection.ask(request("GET", "/v1/things", token)).status()).isEqualTo(401);
          assertThat(connection.ask(post("/v1/things", token, "{}")).status()).isEqualTo(401);
        }
      }
    }
  }
}
