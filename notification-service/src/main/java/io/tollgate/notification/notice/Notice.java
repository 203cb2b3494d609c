package io.tollgate.notification.notice;

import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent.GateKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A notice as it is kept.
 *
 * @param id its id
 * @param kind its kind
 * @param rule the rule that demands it
 * @param gate the gate it holds shut until it matures, if its kind has one
 * @param action the only action that its gate opens
 * @param subject what it is about, in one word
 * @param leadDays whole natural days that must lie between delivery and effect
 * @param askedEffectAt the effect asked for at publication
 * @param opensAt when its days have run; known once everybody concerned has it
 * @param effectAt the effect once matured: as asked, or later when delivery slipped
 * @param answerBy deadline of an answer (C3.1.9)
 * @param announced whether it is a public announcement too
 * @param state what became of it
 * @param publishedAt business instant of publication
 * @param publishedBy who published it: an operator's subject, or the service whose event caused it
 * @param texts in both languages
 */
public record Notice(
    NoticeId id,
    NoticeKind kind,
    RuleId rule,
    Optional<GateKind> gate,
    Optional<GateAction> action,
    Optional<String> subject,
    int leadDays,
    Optional<Instant> askedEffectAt,
    Optional<Instant> opensAt,
    Optional<Instant> effectAt,
    Optional<Instant> answerBy,
    boolean announced,
    State state,
    Instant publishedAt,
    String publishedBy,
    Texts texts) {

  /** The state of a notice. A notice without a gate stays published. */
  public enum State {
    PUBLISHED,
    MATURED,
    WITHDRAWN
  }
}
