package io.tollgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {

  private static final Answer REFUSED =
      Answer.of(
          422,
          "application/problem+json",
          "{\"type\":\"https://tollgate.example/problems/below-zero\",\"detail\":\"not below"
              + " zero\"}");

  @Test
  void aProblemIsReadInItsOwnWords() {
    assertThat(REFUSED.problem()).isEqualTo("below-zero");
    assertThat(REFUSED.inWords()).isEqualTo("422 not below zero");
    assertThatThrownBy(REFUSED::orFail).hasMessage("the service answers 422 not below zero");
  }

  @Test
  void whatIsNoJsonHasAnEmptyBodyAndKeepsItsText() {
    Answer page = Answer.of(200, "text/plain", "tollgate_up 1");
    assertThat(page.body().isEmpty()).isTrue();
    assertThat(page.text()).isEqualTo("tollgate_up 1");
    assertThat(Answer.of(200, "application/json", "{").body().isEmpty()).isTrue();
    assertThat(Answer.of(204, "", "").text("/any")).isEmpty();
  }

  @Test
  void noAnswerIsAnAnswerToo() {
    Answer none = Answer.none(new IOException("connection reset"));
    assertThat(none.ok()).isFalse();
    assertThat(none.asksToComeAgain()).isTrue();
    assertThat(none.inWords()).contains("no answer", "connection reset");
  }

  @ParameterizedTest
  @CsvSource({"200, false", "400, false", "409, true", "422, false", "429, true", "503, true"})
  void onlyWhatIsAboutTheServiceIsSentAgain(int status, boolean again) {
    assertThat(Answer.of(status, "", "").asksToComeAgain()).isEqualTo(again);
  }
}
