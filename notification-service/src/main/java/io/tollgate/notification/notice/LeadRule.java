package io.tollgate.notification.notice;

import static io.tollgate.model.Instants.later;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.event.NoticeEvent.GateKind;
import java.time.Instant;
import java.util.Optional;

/**
 * The lead of section 14: N whole natural days strictly between the local date of the last
 * in-station delivery and the effect. Pure: no clock, no store.
 */
final class LeadRule {

  private LeadRule() {}

  /** The result of checking a draft. */
  sealed interface Verdict {
    /** It may be published; {@code leadDays} is 0 for kinds without a gate. */
    record Lawful(int leadDays) implements Verdict {}

    /** The effect is too early even if everybody were reached now. */
    record TooEarly(GateKind gate, int leadDays, Instant earliestLawful) implements Verdict {}

    /** The draft lacks or has something that its kind does not allow. */
    record Unfit(String field, String reason) implements Verdict {}
  }

  /** Judges a draft as if it reached everybody at {@code now}. */
  static Verdict judge(NoticeDraft draft, int leadDays, Instant now, BillingCalendar calendar) {
    if (!draft.kind().isRequestable()) {
      return new Verdict.Unfit(
          "kind",
          "%s notices are created by the system only; operators can publish %s"
              .formatted(draft.kind(), NoticeKind.publishedByOperators()));
    }
    if (draft.kind() == NoticeKind.COMPLAINT && draft.answerBy().isEmpty()) {
      return new Verdict.Unfit(
          "answerBy", "a complaint must name the deadline for its answer (C3.1.9)");
    }
    if (draft.answerBy().filter(deadline -> !deadline.isAfter(now)).isPresent()) {
      return new Verdict.Unfit(
          "answerBy",
          "the deadline %s has passed: the clock is at %s"
              .formatted(draft.answerBy().orElseThrow(), now));
    }
    Optional<GateKind> gate = draft.kind().gate();
    if (gate.isEmpty()) {
      return new Verdict.Lawful(0);
    }
    return judgeGated(draft, gate.get(), leadDays, now, calendar);
  }

  private static Verdict judgeGated(
      NoticeDraft draft, GateKind gate, int leadDays, Instant now, BillingCalendar calendar) {
    if (draft.action().filter(action -> action.kind() == gate).isEmpty()) {
      return new Verdict.Unfit("action", "a gated notice must name the action that it announces");
    }
    if (draft.effectAt().isEmpty()) {
      return new Verdict.Unfit(
          "effectAt", "a gated notice must name the time at which its action takes effect");
    }
    Instant earliest = gateOpens(now, leadDays, calendar);
    if (draft.effectAt().get().isBefore(earliest)) {
      return new Verdict.TooEarly(gate, leadDays, earliest);
    }
    return new Verdict.Lawful(leadDays);
  }

  /**
   * When the gate opens, given the last in-station delivery: local midnight of its date + N + 1;
   * with a lead of 0 days at the delivery itself ("after delivery").
   */
  static Instant gateOpens(Instant lastDelivery, int leadDays, BillingCalendar calendar) {
    return leadDays == 0 ? lastDelivery : calendar.earliestEffect(lastDelivery, leadDays);
  }

  /** The effect: as asked, or later when delivery slipped. */
  static Instant effect(Instant asked, Instant gateOpens) {
    return later(asked, gateOpens);
  }
}
