package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.ServiceClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What is wrong with a request is said, and what is asked for again changes nothing. */
class RequestsIT extends TwoAccountsTest {

  /** Fuzzing had a 500 of each. */
  @Test
  void whatCannotBeKeptOrIsMissingIsTheRequestsFault() {
    assertThat(service.reader().get("/v1/parked-accounts?cursor=a%00b").status()).isEqualTo(400);
    assertThat(service.reader().get("/v1/dead-letters?topic=%00").status()).isEqualTo(400);
    var policy = service.operator().post("/v1/policies", "{}");
    assertThat(policy.status()).isEqualTo(400);
    assertThat(policy.text("/detail")).isEqualTo("name: is missing");
  }

  @Test
  void whatIsWrongWithARequestIsSaid() {
    var missing = service.operator().post("/v1/accounts", "{}");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.text("/detail")).contains("account: is missing");
    var unknown = service.operator().post("/v1/accounts", "{'account':'y','colour':'red'}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text("/detail")).contains("colour");
    var bad = service.operator().post("/v1/accounts", "{'account':'y y'}");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(service.operator().get("/v1/accounts/y%20y").status()).isEqualTo(400);
  }

  @Test
  void openingAndRegisteringAgainChangeNothing() {
    service.open("twice");
    assertThat(service.operator().post("/v1/accounts", "{'account':'twice'}").status())
        .isEqualTo(200);
    assertThat(
            service
                .operator()
                .post("/v1/accounts", "{'account':'twice','currency':'EUR'}")
                .status())
        .isEqualTo(409);
    service.register("twice", "vm-twice", "compute");
    String request = "{'instance':'vm-twice','product':'vm'}";
    assertThat(service.platform("compute").post("/v1/accounts/twice/instances", request).status())
        .isEqualTo(200);
    assertThat(service.platform("storage").post("/v1/accounts/twice/instances", request).status())
        .isEqualTo(409);
  }

  /** The second reason was dropped without a word, and the second specification. */
  @Test
  void whatIsThereIsTheSameOnlyWithTheSameContent() {
    service.open("again");
    String instances = "/v1/accounts/again/instances";
    String small = "{'instance':'again-1','product':'vm','specification':'small'}";
    assertThat(service.platform("compute").post(instances, small).status()).isEqualTo(201);
    assertThat(service.platform("compute").post(instances, small).status()).isEqualTo(200);
    assertThat(
            service
                .platform("compute")
                .post(instances, "{'instance':'again-1','product':'vm'}")
                .status())
        .isEqualTo(200);
    assertThat(
            service
                .platform("compute")
                .post(instances, small.replace("small", "large"))
                .text("/detail"))
        .isEqualTo("this instance is registered with specification \"small\"");
    assertThat(
            service
                .platform("compute")
                .post(instances, "{'instance':'again-1','product':'vm','mode':'SUBSCRIPTION'}")
                .text("/detail"))
        .isEqualTo("this instance is registered with mode PAY_AS_YOU_GO");

    for (String target : List.of("/v1/accounts/again/holds", "/v1/instances/again-1/holds")) {
      String hold = "{'cause':'UNANSWERED_COMPLAINT','reason':'letter of 1 March'}";
      var placed = service.operator().post(target, hold);
      assertThat(placed.status()).isEqualTo(201);
      var repeated = service.operator().post(target, hold);
      assertThat(repeated.status()).isEqualTo(200);
      assertThat(repeated.text("/hold")).isEqualTo(placed.text("/hold"));
      var another = service.operator().post(target, hold.replace("1 March", "5 March"));
      assertThat(another.problem()).isEqualTo("hold-exists");
      assertThat(another.text("/detail"))
          .isEqualTo(
              "hold %s, UNANSWERED_COMPLAINT to SUSPEND, is in force for another reason: \"letter of 1 March\""
                  .formatted(placed.text("/hold")));
    }
  }

  /** ARREARS and DEFAULT were listed, and refused when they were tried. */
  @Test
  void anUnknownValueIsAnsweredWithThoseThatAreTaken() {
    assertThat(
            service
                .operator()
                .post("/v1/accounts/a/holds", "{'cause':'WEATHER','reason':'rain'}")
                .text("/detail"))
        .isEqualTo(
            "cause: must be one of VIOLATION, UNANSWERED_COMPLAINT, ATTACK, BEYOND_SPECIFICATION,"
                + " OPERATOR, not \"WEATHER\"");
    assertThat(
            service
                .operator()
                .post(
                    "/v1/policies",
                    "{'name':'arrears.grace','level':'NONE','value':'PT1H',"
                        + "'effectiveFrom':'2030-01-01T00:00:00Z','reason':'a test'}")
                .text("/detail"))
        .isEqualTo(
            "level: must be one of MAIN_AGREEMENT, PRICE_APPENDIX, ORDER_PAGE, SPECIAL_TERMS,"
                + " GENERAL_TERMS, not \"NONE\"");
  }

  /** A policy of the year 10000 was written as no service reads it. */
  @Test
  void aTimeOutsideTheYearsThatAreTakenIsRefused() {
    for (String time : List.of("1970-12-31T23:59:59Z", "9999-12-31T23:00:00-17:00")) {
      assertThat(
              service
                  .operator()
                  .post(
                      "/v1/policies",
                      ("{'name':'arrears.grace','level':'SPECIAL_TERMS','value':'PT1H',"
                              + "'effectiveFrom':'%s','reason':'a test'}")
                          .formatted(time))
                  .text("/detail"))
          .startsWith("effectiveFrom: must be a time of RFC 3339 in the years 1971 to 9000, such");
    }
  }

  /** One rule for the reasons of all requests: blanks of any kind went through some of them. */
  @Test
  void aReasonSaysSomething() {
    for (String blank : List.of("", "   ", "\u00a0", "\u200b")) {
      for (String path : List.of("/v1/accounts/a/holds", "/v1/instances/vm-of-a/holds")) {
        assertThat(
                service
                    .operator()
                    .post(path, "{'cause':'OPERATOR','reason':'%s'}".formatted(blank))
                    .text("/detail"))
            .isEqualTo("reason: must have 1 to 500 characters, and is blank");
      }
      assertThat(
              service
                  .operator()
                  .post("/v1/instances/vm-of-a/termination", "{'reason':'%s'}".formatted(blank))
                  .text("/errors/0/field"))
          .isEqualTo("reason");
      assertThat(
              service
                  .operator()
                  .put("/v1/instances/vm-of-a/legal-hold", "{'reason':'%s'}".formatted(blank))
                  .text("/errors/0/field"))
          .isEqualTo("reason");
      assertThat(
              service
                  .operator()
                  .post(
                      "/v1/policies",
                      ("{'name':'arrears.grace','level':'SPECIAL_TERMS','value':'PT1H',"
                              + "'effectiveFrom':'2030-01-01T00:00:00Z','reason':'%s'}")
                          .formatted(blank))
                  .text("/errors/0/field"))
          .isEqualTo("reason");
    }
    assertThat(
            service
                .operator()
                .delete("/v1/instances/vm-of-a/legal-hold?reason=%20%20")
                .text("/errors/0/field"))
        .isEqualTo("reason");
  }

  @Test
  void aPackedRequestIsReadLikeAnyOther() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"account\":\"packed\"}".getBytes(StandardCharsets.UTF_8));
    }
    HttpRequest.Builder request =
        service
            .operator()
            .request("/v1/accounts")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "packed")
            .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()));
    assertThat(answered(request.copy().header("Content-Encoding", "br"))).isEqualTo(415);
    assertThat(answered(request.copy().header("Content-Encoding", "gzip"))).isEqualTo(201);
    assertThat(service.operator().get("/v1/accounts/packed").status()).isEqualTo(200);
  }

  /** The first was taken, and the other one dropped without a word. */
  @Test
  void aRequestHasOneIdempotencyKey() {
    HttpRequest.Builder request =
        service
            .operator()
            .request("/v1/policies")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "one")
            .header("Idempotency-Key", "another")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"name":"arrears.grace","level":"SPECIAL_TERMS","value":"PT1H",
                     "effectiveFrom":"2030-01-01T00:00:00Z","reason":"a test"}\
                    """));
    HttpResponse<String> refused =
        ServiceClient.exchange(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("Idempotency-Key: is given 2 times; give it once");
  }

  private static int answered(HttpRequest.Builder request) {
    return ServiceClient.exchange(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
