package io.tollgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallsTest {

  @Test
  void aVariableOfAPathIsOneSegment() {
    assertThat(Calls.path("/v1/accounts/{account}/bills/{bill}", "a/b $1", "b-1"))
        .isEqualTo("/v1/accounts/a%2Fb%20%241/bills/b-1");
  }

  @Test
  void aParameterWithoutAValueIsLeftOut() {
    assertThat(Calls.query("/v1/x", Map.of("from", Optional.of("2026 +1"), "to", Optional.empty())))
        .isEqualTo("/v1/x?from=2026%20%2B1");
    assertThat(Calls.query("/v1/x", Map.of("to", Optional.empty()))).isEqualTo("/v1/x");
  }

  @Test
  void aPauseThatTheServiceAsksForIsKept() {
    Deque<Answer> answers = new ArrayDeque<>();
    answers.add(Answer.of(503, "", "", Optional.of(Duration.ofMillis(1))));
    answers.add(Answer.of(429, "", "", Optional.of(Duration.ofHours(1))));
    Answer last = Retry.within(Duration.ofMinutes(1)).lastAnswer(answers::removeFirst, a -> true);
    assertThat(last.status()).isEqualTo(429);
    assertThat(answers).isEmpty();
  }

  @Test
  void secondsAndDatesAreUnderstood() {
    assertThat(after(Map.of("Retry-After", List.of("7")))).contains(Duration.ofSeconds(7));
    assertThat(
            after(
                Map.of(
                    "Date", List.of("Mon, 30 Nov 2026 12:00:00 GMT"),
                    "Retry-After", List.of("Mon, 30 Nov 2026 12:01:30 GMT"))))
        .contains(Duration.ofSeconds(90));
    assertThat(after(Map.of("Retry-After", List.of("soon")))).isEmpty();
    assertThat(after(Map.of())).isEmpty();
  }

  private static Optional<Duration> after(Map<String, List<String>> headers) {
    return RetryAfter.of(HttpHeaders.of(headers, (name, value) -> true));
  }

  @Test
  void aServiceThatIsNotThereGivesNoAnswer() {
    Calls calls =
        new Calls(
            ServiceClient.of(URI.create("http://127.0.0.1:1"), ""), Retry.within(Duration.ZERO));
    assertThatThrownBy(() -> calls.get("/v1/x", Amount.class))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContaining("no answer");
  }

  @Test
  void aProblemKeepsItsSlugAndRule() {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> {
              throw new ProblemException(
                  Answer.of(
                      409,
                      "application/problem+json",
                      """
                      {"type":"https://tollgate.example/problems/in-arrears","detail":"owes 3",
                       "rule":"C7.3"}\
                      """));
            });
    assertThat(problem).hasMessage("409 owes 3");
    assertThat(problem.slug()).isEqualTo("in-arrears");
    assertThat(problem.rule()).isEqualTo("C7.3");
  }
}
