package io.tollgate.model.event;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Events that notification publishes on {@code notice.events}; keyed by notice, deliveries by
 * account.
 */
public sealed interface NoticeEvent {

  /** The codec of the topic. */
  EventCodec<NoticeEvent> CODEC =
      EventCodec.of(
          Map.of(
              "tollgate.notice.published.v1", NoticePublished.class,
              "tollgate.notice.delivered.v1", NoticeDelivered.class,
              "tollgate.notice.matured.v1", NoticeMatured.class,
              "tollgate.notice.withdrawn.v1", NoticeWithdrawn.class));

  NoticeId notice();

  /** Business instant of the effect. */
  Instant at();

  /** The contract rule behind it. */
  RuleId rule();

  /** Notices with a lead: the action behind one cannot happen before it matured (section 14). */
  enum GateKind {
    RELOCATION("C3.2.8", 7),
    TERMS_CHANGE("C3.2.10", 30),
    DISCONTINUATION("C7.4.4", 30),
    AGREEMENT_TRANSFER("C12.3", 30),
    FREE_BECOMES_CHARGEABLE("C2.5", 10),
    SET_OFF("C3.2.13", 0),
    AFFILIATE_DEBT_CHARGED("C3.1.11", 0);

    private final String rule;
    private final int leadDays;

    GateKind(String rule, int leadDays) {
      this.rule = rule;
      this.leadDays = leadDays;
    }

    public RuleId rule() {
      return new RuleId(rule);
    }

    /** Whole natural days strictly between delivery and effect; a policy may lengthen it. */
    public int leadDays() {
      return leadDays;
    }
  }

  /** A gated notice exists; the gate of its action is shut. */
  record NoticePublished(
      NoticeId notice, GateAction action, int leadDays, Instant effectAt, Instant at, RuleId rule)
      implements NoticeEvent {}

  /**
   * A message reached an account's inbox. {@code correlation} is what the asker named it, e.g. a
   * deletion warning.
   */
  record NoticeDelivered(
      NoticeId notice, AccountId account, Optional<String> correlation, Instant at, RuleId rule)
      implements NoticeEvent {}

  /**
   * Delivered to all concerned and its days have run: the action may happen from {@code effectAt}
   * on.
   */
  record NoticeMatured(
      NoticeId notice, GateAction action, Instant effectAt, Instant at, RuleId rule)
      implements NoticeEvent {}

  /** A gated notice was taken back before it matured: its action may not happen. */
  record NoticeWithdrawn(NoticeId notice, Instant at, RuleId rule) implements NoticeEvent {}
}
