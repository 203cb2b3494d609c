package io.tollgate.chaos.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.fuzz.Answer.Outcome;
import io.tollgate.chaos.fuzz.FuzzRequest.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the judge must notice, or the fuzzing shows nothing. */
class JudgeTest {

  private final Judge judge =
      new Judge(new Secrets(List.of("Quokka"), List.of("7777.13131"), List.of("good-account-1")));
  private final Operation balance =
      Documents.operations().stream()
          .filter(each -> each.name().equals("billing GET /v1/accounts/{account}/balance"))
          .findFirst()
          .orElseThrow();

  private List<String> judged(Credential who, int status, String body, String... headers) {
    return judged(who, new Answer(status, List.of(headers), body, Duration.ZERO, Outcome.ANSWERED));
  }

  private List<String> judged(Credential who, Answer answer) {
    byte[] bytes = "GET /v1/accounts/sand/balance HTTP/1.1".getBytes(StandardCharsets.UTF_8);
    return judge.judge(new FuzzRequest(1, balance, Kind.VALID, who, bytes), answer);
  }

  private static String problem(int status, String detail) {
    return """
    {"type":"https://tollgate.example/problems/x","title":"x","status":%d,"detail":"%s"}\
    """
        .formatted(status, detail);
  }

  @Test
  void whatIsRightIsNotBlamed() {
    String type = "Content-Type: application/problem+json";
    assertThat(judged(Credential.CUSTOMER, 200, "{}")).isEmpty();
    assertThat(judged(Credential.CUSTOMER, 403, problem(403, "no"), type)).isEmpty();
    assertThat(judged(Credential.EXPIRED, 401, problem(401, "no"), type)).isEmpty();
    assertThat(judged(Credential.OPERATOR, 200, "{\"name\":\"Quokka\"}")).isEmpty();
    assertThat(judged(Credential.OPERATOR, 503, problem(503, "busy"), type, "Retry-After: 2"))
        .isEmpty();
  }

  @Test
  void failuresAndHangsAreBlamed() {
    String type = "Content-Type: application/problem+json";
    assertThat(judged(Credential.OPERATOR, 500, problem(500, "x"), type)).isNotEmpty();
    assertThat(judged(Credential.OPERATOR, 503, problem(503, "x"), type)).isNotEmpty();
    assertThat(judged(Credential.OPERATOR, 418, problem(418, "x"), type)).isNotEmpty();
    assertThat(judged(Credential.OPERATOR, Answer.none(Outcome.SILENT, Duration.ZERO)))
        .isNotEmpty();
    assertThat(judged(Credential.OPERATOR, Answer.none(Outcome.CLOSED, Duration.ZERO)))
        .isNotEmpty();
  }

  @Test
  void leaksAreBlamed() {
    assertThat(judged(Credential.CUSTOMER, 200, "{\"name\":\"Quokka\"}")).isNotEmpty();
    assertThat(judged(Credential.PLATFORM, 200, "{\"name\":\"Quokka\"}")).isNotEmpty();
    assertThat(judged(Credential.CUSTOMER, 200, "{\"funds\":\"7777.131312\"}")).isNotEmpty();
    assertThat(judged(Credential.CUSTOMER, 200, "[\"good-account-1\"]")).isNotEmpty();
    assertThat(judged(Credential.UNSIGNED, 200, "{}")).isNotEmpty();
  }

  @Test
  void wordsOfTheInsideAreBlamed() {
    String type = "Content-Type: application/problem+json";
    assertThat(judged(Credential.OPERATOR, 400, problem(400, "No enum io.tollgate.a.B.X"), type))
        .isNotEmpty();
    assertThat(judged(Credential.OPERATOR, 400, "<html>oops</html>", "Content-Type: text/html"))
        .isNotEmpty();
  }
}
