package io.tollgate.support.web;

import static io.tollgate.support.testing.KeptConnection.post;
import static io.tollgate.support.testing.KeptConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.support.testing.HttpService;
import io.tollgate.support.testing.KeptConnection;
import io.tollgate.support.testing.SharedHttpService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a request ends and the next one begins: bodies, chunks, lines and what is too long. */
@ExtendWith(SharedHttpService.class)
class RequestFramingIT {

  private final HttpService service;
  private final String token;

  RequestFramingIT(HttpService service) {
    this.service = service;
    this.token = service.operator();
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() {
    try (KeptConnection connection = service.connect()) {
      connection.send(request("HEAD", HttpService.THINGS, token));
      var answer = connection.answerWithoutBody();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
      service.assertAnswersOn(connection);
    }
  }

  @Test
  void aBodyInChunksIsReadAndOneThatIsRefusedIsPassedOver() {
    String chunks = "f\r\n{\"name\":\"four\"}\r\n0\r\n\r\n";
    try (KeptConnection connection = service.connect()) {
      for (String[] expected : new String[][] {{token, "200"}, {"", "401"}, {token, "200"}}) {
        var answer =
            connection.ask(
                request(
                        "POST",
                        HttpService.THINGS,
                        expected[0],
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked")
                    + chunks);
        assertThat(answer.status()).isEqualTo(Integer.parseInt(expected[1]));
      }
      service.assertAnswersOn(connection);
    }
  }

  @Test
  void whoWaitsToBeAskedForTheBodyIsAskedOrRefused() {
    String body = "{\"name\":\"four\"}";
    String[] headers = {
      "Content-Type: application/json", "Content-Length: " + body.length(), "Expect: 100-continue"
    };
    try (KeptConnection connection = service.connect()) {
      assertThat(connection.ask(request("POST", HttpService.THINGS, token, headers)).status())
          .isEqualTo(100);
      assertThat(connection.ask(body).status()).isEqualTo(200);
      // The body will not come: what follows must not be taken for it.
      var refused = connection.ask(request("POST", HttpService.THINGS, "", headers));
      assertThat(refused.status()).isEqualTo(401);
      if (!"close".equals(refused.headers().get("Connection"))) {
        service.assertAnswersOn(connection);
      }
    }
  }

  @Test
  void whatIsSentWithoutWaitingIsAnsweredInOrder() {
    int requests = 20;
    try (KeptConnection connection = service.connect()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < requests; i++) {
        all.append(post(HttpService.THINGS, token, "{\"name\":\"" + i + "\"}"));
      }
      connection.send(all.toString());
      for (int i = 0; i < requests; i++) {
        assertThat(connection.answer().body()).isEqualTo("{\"name\":\"" + i + "\"}");
      }
      service.assertAnswersOn(connection);
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAndTheConnectionEnds() {
    try (KeptConnection connection = service.connect()) {
      String large = "{\"name\":\"" + "x".repeat(HttpService.LARGEST) + "\"}";
      var answer = connection.ask(post(HttpService.THINGS, token, large));
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.headers()).containsEntry("Connection", "close");
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void aLineThatIsTooLongIsRefusedAndTheConnectionEnds() {
    try (KeptConnection connection = service.connect()) {
      var answer =
          connection.ask(request("GET", HttpService.THINGS + "?x=" + "y".repeat(20_000), token));
      assertThat(answer.status()).isIn(400, 414);
      assertThat(connection.ended()).isTrue();
    }
  }

  /** Pins the refusal that was dropped while the request before it was being put away. */
  @Test
  void whatCannotBeReadEndsTheConnectionWhateverCameBefore() {
    for (int i = 0; i < 40; i++) {
      try (KeptConnection connection = service.connect()) {
        service.assertAnswersOn(connection);
        connection.send(request("GET", HttpService.THINGS, token, "Large: " + "x".repeat(9_000)));
        assertThat(connection.endsAfter()).isIn("", "HTTP/1.1 431 Request Header Fields Too Large");
      }
    }
  }
}
