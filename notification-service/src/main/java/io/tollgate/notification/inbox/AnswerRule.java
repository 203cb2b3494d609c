package io.tollgate.notification.inbox;

import io.tollgate.notification.notice.NoticeKind;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a message can be answered (C3.2.10, C3.1.9). Pure.
 *
 * <p>Going on using the service after the effect of changed terms is acceptance, so no answer is
 * taken from then on.
 */
final class AnswerRule {

  private AnswerRule() {}

  /** Why an answer is not taken. */
  record Refusal(String slug, String reason) {}

  /** Judges an answer given at {@code now}; empty when it is taken. */
  static Optional<Refusal> judge(Message message, Answer answer, Instant now) {
    if (message.kind() != NoticeKind.TERMS_CHANGE && message.kind() != NoticeKind.COMPLAINT) {
      return refuse("not-answerable", "notices of this kind do not accept answers");
    }
    // First: a request that is repeated is answered as before, whatever has happened since.
    Optional<Answer> earlier = message.answer();
    if (earlier.isPresent()) {
      return earlier.get() == answer
          ? Optional.empty()
          : refuse("already-answered", "the answer was " + earlier.get());
    }
    if (message.withdrawn()) {
      return refuse("notice-withdrawn", "the notice was withdrawn");
    }
    return message
        .answerBy()
        .or(message::effectAt)
        .filter(deadline -> !now.isBefore(deadline))
        .flatMap(deadline -> refuse("answer-too-late", "answers were accepted until " + deadline));
  }

  private static Optional<Refusal> refuse(String slug, String reason) {
    return Optional.of(new Refusal(slug, reason));
  }
}
