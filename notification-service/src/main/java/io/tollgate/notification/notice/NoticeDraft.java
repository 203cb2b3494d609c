package io.tollgate.notification.notice;

import io.tollgate.model.event.GateAction;
import java.time.Instant;
import java.util.Optional;

/**
 * A notice that an operator wants to publish.
 *
 * @param kind the kind
 * @param action the very action it announces; needed for gated kinds, which it belongs to
 * @param audience whom it concerns: whomever the action touches, and whom the operator adds
 * @param effectAt when the announced thing shall happen; needed for gated kinds
 * @param answerBy until when a complaint is to be answered (C3.1.9); needed for complaints
 * @param announced whether it is a public announcement too
 * @param texts the notice in both languages
 */
public record NoticeDraft(
    NoticeKind kind,
    Optional<GateAction> action,
    Audience audience,
    Optional<Instant> effectAt,
    Optional<Instant> answerBy,
    boolean announced,
    Texts texts) {

  /** What it is about, in one word. */
  public Optional<String> subject() {
    return action.map(GateAction::subject);
  }
}
