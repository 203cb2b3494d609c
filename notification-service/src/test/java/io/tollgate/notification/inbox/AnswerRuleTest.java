package io.tollgate.notification.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.NoticeId;
import io.tollgate.notification.inbox.AnswerRule.Refusal;
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.notification.notice.NoticeText;
import io.tollgate.notification.notice.Texts;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerRuleTest {

  private static final Instant DELIVERED = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant EFFECT = Instant.parse("2026-04-01T00:00:00Z");

  private static Message message(NoticeKind kind, Optional<Answer> earlier, boolean withdrawn) {
    NoticeText text = new NoticeText("title", "body");
    return new Message(
        1,
        NoticeId.of("n-1"),
        kind,
        kind.rule(),
        Optional.empty(),
        30,
        Optional.of(EFFECT),
        Optional.empty(),
        DELIVERED,
        Optional.empty(),
        earlier,
        withdrawn,
        new Texts(text, text));
  }

  private static Optional<String> refusal(Message message, Answer answer, Instant now) {
    return AnswerRule.judge(message, answer, now).map(Refusal::slug);
  }

  @Test
  void changedTermsAreRejectedBeforeTheyTakeEffectAndAcceptedByGoingOn() {
    Message terms = message(NoticeKind.TERMS_CHANGE, Optional.empty(), false);
    assertThat(refusal(terms, Answer.REJECT, EFFECT.minusNanos(1_000))).isEmpty();
    assertThat(refusal(terms, Answer.REJECT, EFFECT)).contains("answer-too-late");
  }

  @Test
  void theFirstAnswerStands() {
    Message accepted = message(NoticeKind.TERMS_CHANGE, Optional.of(Answer.ACCEPT), false);
    assertThat(refusal(accepted, Answer.REJECT, DELIVERED)).contains("already-answered");
    assertThat(refusal(accepted, Answer.ACCEPT, EFFECT)).isEmpty();
  }

  @Test
  void onlyChangedTermsAndComplaintsAskForAnAnswer() {
    assertThat(
            refusal(
                message(NoticeKind.RELOCATION, Optional.empty(), false), Answer.REJECT, DELIVERED))
        .contains("not-answerable");
    assertThat(
            refusal(
                message(NoticeKind.COMPLAINT, Optional.empty(), false), Answer.REJECT, DELIVERED))
        .isEmpty();
  }

  @Test
  void aWithdrawnNoticeTakesNoAnswer() {
    assertThat(
            refusal(
                message(NoticeKind.TERMS_CHANGE, Optional.empty(), true), Answer.ACCEPT, DELIVERED))
        .contains("notice-withdrawn");
    Message accepted = message(NoticeKind.TERMS_CHANGE, Optional.of(Answer.ACCEPT), true);
    assertThat(refusal(accepted, Answer.ACCEPT, DELIVERED)).isEmpty();
    assertThat(refusal(accepted, Answer.REJECT, DELIVERED)).contains("already-answered");
  }
}
