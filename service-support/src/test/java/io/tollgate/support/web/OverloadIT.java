package io.tollgate.support.web;

import static io.tollgate.support.testing.KeptConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.support.testing.HttpService;
import io.tollgate.support.testing.KeptConnection;
import io.tollgate.support.testing.SharedHttpService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One request too many is refused at once, and places are given back whoever held them. */
@ExtendWith(SharedHttpService.class)
class OverloadIT {

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final HttpService service;
  private final String token;

  OverloadIT(HttpService service) {
    this.service = service;
    this.token = service.operator();
  }

  @Test
  void oneRequestTooManyIsToldWhenToComeAgainAndTakesNobodysPlace() {
    CountDownLatch held = service.things().hold();
    List<KeptConnection> connections = new ArrayList<>();
    try (KeptConnection late = service.connect()) {
      for (int i = 0; i < HttpService.AT_ONCE; i++) {
        KeptConnection connection = service.connect();
        connections.add(connection);
        connection.send(request("GET", "/v1/held", token));
      }
      service.things().awaitHeld(HttpService.AT_ONCE);
      for (int i = 0; i < 2 * HttpService.AT_ONCE; i++) {
        var answer = late.ask(request("GET", HttpService.THINGS, token));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
        assertThat(answer.body()).contains("problems/overloaded");
      }
      held.countDown();
      connections.forEach(connection -> assertThat(connection.answer().status()).isEqualTo(200));
      service.assertAnswersOn(late);
    } finally {
      held.countDown();
      connections.forEach(KeptConnection::close);
    }
  }

  /** All places are taken by requests whose bodies do not come; then they are free again. */
  @Test
  void whoStopsInTheMiddleOfARequestHoldsNoPlace() {
    List<KeptConnection> silent = new ArrayList<>();
    try (KeptConnection connection = service.connect()) {
      for (int i = 0; i < HttpService.AT_ONCE; i++) {
        KeptConnection stopped = service.connect();
        silent.add(stopped);
        stopped.send(
            request(
                    "POST",
                    HttpService.THINGS,
                    token,
                    "Content-Type: application/json",
                    "Content-Length: 100")
                + "{");
      }
      await()
          .atMost(LIMIT)
          .until(() -> connection.ask(request("GET", HttpService.THINGS, token)).status() == 503);
      await()
          .atMost(LIMIT)
          .until(() -> connection.ask(request("GET", HttpService.THINGS, token)).status() == 200);
      assertThat(silent)
          .allSatisfy(
              stopped -> assertThat(stopped.endsAfter()).isEqualTo("HTTP/1.1 408 Request Timeout"));
    } finally {
      silent.forEach(KeptConnection::close);
    }
  }

  @Test
  void whoLeavesBeforeTheAnswerGivesThePlaceBack() {
    CountDownLatch held = service.things().hold();
    try {
      for (int i = 0; i < HttpService.AT_ONCE; i++) {
        try (KeptConnection connection = service.connect()) {
          connection.send(request("GET", "/v1/held", token));
          service.things().awaitHeld(i + 1);
        }
      }
      try (KeptConnection connection = service.connect()) {
        await()
            .atMost(LIMIT)
            .until(() -> connection.ask(request("GET", HttpService.THINGS, token)).status() == 200);
      }
    } finally {
      held.countDown();
    }
  }
}
