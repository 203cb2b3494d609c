package io.tollgate.support.web;

import static io.tollgate.support.testing.KeptConnection.post;
import static io.tollgate.support.testing.KeptConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.support.testing.HttpService;
import io.tollgate.support.testing.KeptConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client may rely on beyond the routes themselves. */
class HttpHabitsIT {

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final String THINGS = "/v1/things";

  @TempDir static Path directory;
  private static HttpService service;
  private static String token;

  @BeforeAll
  static void start() {
    service = HttpService.start(directory);
    token = service.operator();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static void assertAnswersOn(KeptConnection connection) {
    assertThat(connection.ask(request("GET", THINGS, token)).body())
        .isEqualTo("[{\"name\":\"one\"}]");
  }

  @Test
  void refusalsAreProblemsAndTheConnectionGoesOn() {
    try (KeptConnection connection = service.connect()) {
      for (String[] expected :
          new String[][] {
            {"{\"name\":", "malformed-body"},
            {"", "malformed-body"},
            {"{\"name\":\"x\",\"other\":1}", "invalid-request"},
            {"[]", "invalid-request"},
          }) {
        var answer = connection.ask(post(THINGS, token, expected[0]));
        assertThat(answer.status()).as(expected[0]).isEqualTo(400);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(answer.body()).as(expected[0]).contains("problems/" + expected[1]);
        assertAnswersOn(connection);
      }
      assertThat(connection.ask(post(THINGS, token, "")).body()).contains("the body is empty");
    }
  }

  /** Fuzzing was told the class of an enum, and not which parameter was wrong. */
  @Test
  void aParameterThatCannotBeIsNamedWithWhatItTakesAndNothingIsToldOfOurInside() {
    try (KeptConnection connection = service.connect()) {
      for (String[] expected :
          new String[][] {
            {"/v1/things/one", "number: must be a whole number, not \\\"one\\\""},
            {
              "/v1/things/1?day=NEVER",
              "day: must be one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY,"
                  + " SUNDAY, not \\\"NEVER\\\""
            },
            {
              "/v1/things/1?at=tomorrow",
              "at: must be a time of RFC 3339, such as 2024-03-01T00:00:00Z, not \\\"tomorrow\\\""
            },
            {
              "/v1/things/1?at=2024-03-01T00:00:00+08:00",
              "at: must be a time of RFC 3339, such as 2024-03-01T00:00:00Z, not"
                  + " \\\"2024-03-01T00:00:00 08:00\\\" (+ in a query means a space: write %2B)"
            },
            {"/v1/things/1?at=1700000000000", "at: must be a time of RFC 3339"},
            {"/v1/found", "name: is missing"},
            {"/v1/accounts/-", "account: an account's id must be 1 to 128 of A-Z a-z 0-9"},
          }) {
        assertThat(refused(connection, expected[0], expected[1]))
            .contains("\"field\":\"" + expected[1].split(":")[0] + "\"")
            .doesNotContain("java");
      }
    }
  }

  /** The body of a 400, whose detail begins as expected. */
  private static String refused(KeptConnection connection, String path, String detail) {
    var answer = connection.ask(request("GET", path, token));
    assertThat(answer.status()).as(path).isEqualTo(400);
    assertThat(answer.body()).as(path).contains("\"detail\":\"" + detail);
    return answer.body();
  }

  /** A filter that is misspelt and ignored answers everything, which looks like an answer. */
  @Test
  void anUnknownOrRepeatedQueryParameterIsRefusedWithTheListOfThoseThereAre() {
    try (KeptConnection connection = service.connect()) {
      for (String[] expected :
          new String[][] {
            {"/problems?x=1", "x: is not a query parameter of this route; it has none"},
            {"/openapi.yaml?x=1", "x: is not a query parameter of this route; it has none"},
            {THINGS + "?limit=1", "limit: is not a query parameter of this route; it has none"},
            {
              "/v1/things/1?days=MONDAY",
              "days: is not a query parameter of this route; it has at, day"
            },
            {"/v1/things/1?Day=MONDAY", "Day: is not a query parameter of this route"},
            {"/v1/things/1?day=MONDAY&x", "x: is not a query parameter of this route"},
            {"/v1/things/1?day=MONDAY&day=FRIDAY", "day: is given 2 times; give it once"},
          }) {
        var unused = refused(connection, expected[0], expected[1]);
      }
      assertThat(connection.ask(request("GET", "/v1/things/1?day=MONDAY", token)).status())
          .isEqualTo(200);
      assertThat(connection.ask(request("GET", THINGS + "?", token)).status()).isEqualTo(200);
      assertThat(connection.ask(request("GET", THINGS + "?x=1", "")).status()).isEqualTo(401);
    }
    try (KeptConnection management = service.connectToManagement()) {
      assertThat(management.ask(request("GET", "/actuator/health?x=1", token)).status())
          .isEqualTo(200);
    }
  }

  @Test
  void aFieldThatCannotBeIsNamedWithWhatItTakesAndWhatCame() {
    try (KeptConnection connection = service.connect()) {
      for (String[] expected :
          new String[][] {
            {"{'name':1}", "name: must be a string"},
            {"{'name':{}}", "name: must be a string, not an object"},
            {"{'name':'a','count':'3'}", "count: must be a whole number"},
            {"{'name':'a','count':2.9}", "count: must be a whole number"},
            {"{'name':'a','count':[1]}", "count: must be a whole number"},
            {
              "{'name':'a','days':['MONDAY','NEVER']}",
              "days[1]: must be one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY,"
                  + " SUNDAY, not \\\"NEVER\\\""
            },
            {"{'name':'a','days':'MONDAY'}", "days: must be a list, not a string"},
            {"{'name':'a','at':7}", "at: must be a time of RFC 3339, such as 2024-03-01T00:00:00Z"},
            {"{'name':'a','at':'soon'}", "at: must be a time of RFC 3339"},
            {"{'name':'a','amount':'1e999'}", "amount: must be a decimal of at most 24 integer"},
            {"{'name':'\\ud800'}", "name: "},
            {"{'name':'a','count':-1}", "count: must be 0 or more, not -1"},
            {
              "{'nome':'a'}",
              "nome: is not a field of this request; it has amount, at, count, days, name, shapes"
            },
            {
              "{'name':'a','shapes':[{'type':'ROUND','radius':1},{'type':'OVAL'}]}",
              "shapes[1].type: must be one of ROUND, SQUARE, not \\\"OVAL\\\""
            },
            {"{'name':'a','shapes':[{}]}", "shapes[0].type: must be one of ROUND, SQUARE; is it"},
            {"{'name':'a','shapes':[{'type':null}]}", "shapes[0].type: must be one of ROUND"},
            {"{'name':'a','shapes':[{'type':7}]}", "shapes[0].type: must be one of ROUND, SQUARE"},
            {"{'name':'a','shapes':[7]}", "shapes[0]"},
            {
              "{'name':'a','shapes':[{'type':'ROUND','radius':1,'side':1}]}",
              "shapes[0].side: is not a field of this request; it has radius"
            },
            {
              "{'name':'a','shapes':[{'type':'SQUARE','side':1,'name':' '}]}",
              "shapes[0].name: must have 1 to 10 characters, and is blank"
            },
            {"{'name':'a','name':'b'}", "the body names a field twice, at line 1"},
            {"{'name':'a',}", "the body does not match its content type, at line 1"},
          }) {
        var answer = connection.ask(post(THINGS, token, expected[0].replace('\'', '"')));
        assertThat(answer.status()).as(expected[0]).isEqualTo(400);
        assertThat(answer.body())
            .as(expected[0])
            .contains("\"detail\":\"" + expected[1])
            .doesNotContain("java")
            .doesNotContain("io.tollgate");
      }
    }
  }

  @Test
  void theTypeOfAProblemLeadsToItsMeaningWithoutAToken() {
    try (KeptConnection connection = service.connect()) {
      var refused = connection.ask(request("GET", THINGS, ""));
      assertThat(refused.body()).contains("\"type\":\"/problems/unauthenticated\"");
      var meaning = connection.ask(request("GET", "/problems/unauthenticated", ""));
      assertThat(meaning.status()).isEqualTo(200);
      assertThat(meaning.body()).startsWith("### unauthenticated\n401.");
      assertThat(connection.ask(request("GET", "/problems", "")).body())
          .contains("### unauthenticated", "### not-found");
      assertThat(connection.ask(request("GET", "/problems/nothing", "")).status()).isEqualTo(404);
    }
  }

  @Test
  void anotherTypeOfBodyIsRefusedAndTheConnectionGoesOn() {
    try (KeptConnection connection = service.connect()) {
      var answer =
          connection.ask(
              request("POST", THINGS, token, "Content-Type: text/plain", "Content-Length: 5")
                  + "hello");
      assertThat(answer.status()).isEqualTo(415);
      assertThat(answer.body()).contains("problems/unsupported-media-type");
      assertAnswersOn(connection);
    }
  }

  @Test
  void anotherTypeOfAnswerIsRefusedAndTheConnectionGoesOn() {
    try (KeptConnection connection = service.connect()) {
      var answer = connection.ask(request("GET", THINGS, token, "Accept: image/png"));
      assertThat(answer.status()).isEqualTo(406);
      assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
      assertAnswersOn(connection);
    }
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() {
    try (KeptConnection connection = service.connect()) {
      connection.send(request("HEAD", THINGS, token));
      var answer = connection.answerWithoutBody();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
      assertAnswersOn(connection);
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
                        THINGS,
                        expected[0],
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked")
                    + chunks);
        assertThat(answer.status()).isEqualTo(Integer.parseInt(expected[1]));
      }
      assertAnswersOn(connection);
    }
  }

  @Test
  void whoWaitsToBeAskedForTheBodyIsAskedOrRefused() {
    String body = "{\"name\":\"four\"}";
    String[] headers = {
      "Content-Type: application/json", "Content-Length: " + body.length(), "Expect: 100-continue"
    };
    try (KeptConnection connection = service.connect()) {
      assertThat(connection.ask(request("POST", THINGS, token, headers)).status()).isEqualTo(100);
      assertThat(connection.ask(body).status()).isEqualTo(200);
      // The body will not come: what follows must not be taken for it.
      var refused = connection.ask(request("POST", THINGS, "", headers));
      assertThat(refused.status()).isEqualTo(401);
      if (!"close".equals(refused.headers().get("Connection"))) {
        assertAnswersOn(connection);
      }
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAndTheConnectionEnds() {
    try (KeptConnection connection = service.connect()) {
      String large = "{\"name\":\"" + "x".repeat(HttpService.LARGEST) + "\"}";
      var answer = connection.ask(post(THINGS, token, large));
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.headers()).containsEntry("Connection", "close");
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void aLineThatIsTooLongIsRefusedAndTheConnectionEnds() {
    try (KeptConnection connection = service.connect()) {
      var answer = connection.ask(request("GET", THINGS + "?x=" + "y".repeat(20_000), token));
      assertThat(answer.status()).isIn(400, 414);
      assertThat(connection.ended()).isTrue();
    }
  }

  /** Pins the refusal that was dropped while the request before it was being put away. */
  @Test
  void whatCannotBeReadEndsTheConnectionWhateverCameBefore() {
    for (int i = 0; i < 40; i++) {
      try (KeptConnection connection = service.connect()) {
        assertAnswersOn(connection);
        connection.send(request("GET", THINGS, token, "Large: " + "x".repeat(9_000)));
        assertThat(connection.endsAfter()).isIn("", "HTTP/1.1 431 Request Header Fields Too Large");
      }
    }
  }

  @Test
  void aPathOfTwoMeaningsIsRefusedAndTheConnectionGoesOn() {
    try (KeptConnection connection = service.connect()) {
      for (String path : List.of(THINGS + ";x=1", "/v1//things", "/v1/%2e%2e/things")) {
        var answer = connection.ask(request("GET", path, token));
        assertThat(answer.status()).as(path).isEqualTo(400);
        assertThat(answer.body()).contains("problems/invalid-request");
      }
      assertAnswersOn(connection);
    }
  }

  @Test
  void whatIsSentWithoutWaitingIsAnsweredInOrder() {
    int requests = 20;
    try (KeptConnection connection = service.connect()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < requests; i++) {
        all.append(post(THINGS, token, "{\"name\":\"" + i + "\"}"));
      }
      connection.send(all.toString());
      for (int i = 0; i < requests; i++) {
        assertThat(connection.answer().body()).isEqualTo("{\"name\":\"" + i + "\"}");
      }
      assertAnswersOn(connection);
    }
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
        var answer = late.ask(request("GET", THINGS, token));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
        assertThat(answer.body()).contains("problems/overloaded");
      }
      held.countDown();
      connections.forEach(connection -> assertThat(connection.answer().status()).isEqualTo(200));
      assertAnswersOn(late);
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
            request("POST", THINGS, token, "Content-Type: application/json", "Content-Length: 100")
                + "{");
      }
      await()
          .atMost(LIMIT)
          .until(() -> connection.ask(request("GET", THINGS, token)).status() == 503);
      await()
          .atMost(LIMIT)
          .until(() -> connection.ask(request("GET", THINGS, token)).status() == 200);
      assertThat(silent)
          .allSatisfy(
              stopped -> assertThat(stopped.endsAfter()).isIn("", "HTTP/1.1 408 Request Timeout"));
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
            .until(() -> connection.ask(request("GET", THINGS, token)).status() == 200);
      }
    } finally {
      held.countDown();
    }
  }
}
