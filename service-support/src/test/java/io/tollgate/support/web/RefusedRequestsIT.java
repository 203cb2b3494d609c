package io.tollgate.support.web;

import static io.tollgate.support.testing.KeptConnection.post;
import static io.tollgate.support.testing.KeptConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.support.testing.HttpService;
import io.tollgate.support.testing.KeptConnection;
import io.tollgate.support.testing.SharedHttpService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A problem says what is wrong with a request, and the connection goes on. */
@ExtendWith(SharedHttpService.class)
class RefusedRequestsIT {

  private final HttpService service;
  private final String token;

  RefusedRequestsIT(HttpService service) {
    this.service = service;
    this.token = service.operator();
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
        var answer = connection.ask(post(HttpService.THINGS, token, expected[0]));
        assertThat(answer.status()).as(expected[0]).isEqualTo(400);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(answer.body()).as(expected[0]).contains("problems/" + expected[1]);
        service.assertAnswersOn(connection);
      }
      assertThat(connection.ask(post(HttpService.THINGS, token, "")).body())
          .contains("the body is empty");
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
              "at: must be a time of RFC 3339 in the years 1971 to 9000, such as"
                  + " 2024-03-01T00:00:00Z, not \\\"tomorrow\\\""
            },
            {
              "/v1/things/1?at=2024-03-01T00:00:00+08:00",
              "at: must be a time of RFC 3339 in the years 1971 to 9000, such as"
                  + " 2024-03-01T00:00:00Z, not \\\"2024-03-01T00:00:00 08:00\\\" (+ in a query"
                  + " means a space: write %2B)"
            },
            {"/v1/things/1?at=1700000000000", "at: must be a time of RFC 3339"},
            {"/v1/things/1?at=1970-12-31T23:59:59Z", "at: must be a time of RFC 3339"},
            {"/v1/things/1?at=9001-01-01T00:00:00Z", "at: must be a time of RFC 3339"},
            {"/v1/found", "name: is missing"},
            {"/v1/accounts/-", "account: an account's id must be 1 to 128 of A-Z a-z 0-9"},
          }) {
        assertThat(refused(connection, expected[0], expected[1]))
            .contains("\"field\":\"" + expected[1].split(":")[0] + "\"")
            .doesNotContain("java");
      }
    }
  }

  /** A filter that is misspelt and ignored answers everything, which looks like an answer. */
  @Test
  void anUnknownOrRepeatedQueryParameterIsRefusedWithTheListOfThoseThereAre() {
    try (KeptConnection connection = service.connect()) {
      for (String[] expected :
          new String[][] {
            {"/problems?x=1", "x: is not a query parameter of this route; it has none"},
            {"/openapi.yaml?x=1", "x: is not a query parameter of this route; it has none"},
            {
              HttpService.THINGS + "?limit=1",
              "limit: is not a query parameter of this route; it has none"
            },
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
      assertThat(connection.ask(request("GET", HttpService.THINGS + "?", token)).status())
          .isEqualTo(200);
      assertThat(connection.ask(request("GET", HttpService.THINGS + "?x=1", "")).status())
          .isEqualTo(401);
    }
    try (KeptConnection management = service.connectToManagement()) {
      assertThat(management.ask(request("GET", "/actuator/health?x=1", token)).status())
          .isEqualTo(200);
    }
  }

  /** The body of a 400, whose detail begins as expected. */
  private String refused(KeptConnection connection, String path, String detail) {
    var answer = connection.ask(request("GET", path, token));
    assertThat(answer.status()).as(path).isEqualTo(400);
    assertThat(answer.body()).as(path).contains("\"detail\":\"" + detail);
    return answer.body();
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
            {
              "{'name':'a','at':7}",
              "at: must be a time of RFC 3339 in the years 1971 to 9000, such as"
            },
            {"{'name':'a','at':'soon'}", "at: must be a time of RFC 3339"},
            {"{'name':'a','at':'1970-12-31T23:59:59Z'}", "at: must be a time of RFC 3339"},
            {"{'name':'a','at':'9999-12-31T23:59:59-01:00'}", "at: must be a time of RFC 3339"},
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
        var answer =
            connection.ask(post(HttpService.THINGS, token, expected[0].replace('\'', '"')));
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
      var refused = connection.ask(request("GET", HttpService.THINGS, ""));
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
              request(
                      "POST",
                      HttpService.THINGS,
                      token,
                      "Content-Type: text/plain",
                      "Content-Length: 5")
                  + "hello");
      assertThat(answer.status()).isEqualTo(415);
      assertThat(answer.body()).contains("problems/unsupported-media-type");
      service.assertAnswersOn(connection);
    }
  }

  @Test
  void anotherTypeOfAnswerIsRefusedAndTheConnectionGoesOn() {
    try (KeptConnection connection = service.connect()) {
      var answer = connection.ask(request("GET", HttpService.THINGS, token, "Accept: image/png"));
      assertThat(answer.status()).isEqualTo(406);
      assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
      service.assertAnswersOn(connection);
    }
  }

  @Test
  void aPathOfTwoMeaningsIsRefusedAndTheConnectionGoesOn() {
    try (KeptConnection connection = service.connect()) {
      for (String path : List.of(HttpService.THINGS + ";x=1", "/v1//things", "/v1/%2e%2e/things")) {
        var answer = connection.ask(request("GET", path, token));
        assertThat(answer.status()).as(path).isEqualTo(400);
        assertThat(answer.body()).contains("problems/invalid-request");
      }
      service.assertAnswersOn(connection);
    }
  }
}
