package io.tollgate.store.agreement;

import io.tollgate.model.NoticeId;
import io.tollgate.model.event.GateAction;
import java.time.Instant;

/**
 * A gated notice as received from the notification service.
 *
 * @param notice the notice
 * @param action the only action it opens
 * @param leadDays its lead
 * @param effectAt the earliest effect: as asked; once open, as delivery allowed
 * @param state whether the action may happen
 */
public record Gate(
    NoticeId notice, GateAction action, int leadDays, Instant effectAt, State state) {

  /** Whether the action may happen. */
  public enum State {
    SHUT,
    OPEN,
    WITHDRAWN
  }

  /** Whether an action fits this gate. */
  public sealed interface Verdict {
    /** It may happen now, with its effect at the asked instant. */
    record Fits() implements Verdict {}

    /** The action is refused; the problem's slug is the stable part of the reason. */
    record Refused(String slug, String reason) implements Verdict {}

    /** It may not yet. */
    record TooEarly(String reason, Instant earliestLawful) implements Verdict {}
  }

  /**
   * Judges an action that names this gate.
   *
   * @param wanted the action
   * @param asked when it would take effect
   */
  Verdict judge(GateAction wanted, Instant asked) {
    if (!action.covers(wanted)) {
      return new Verdict.Refused(
          "gate-mismatch",
          "notice %s announces %s; it does not permit %s"
              .formatted(notice, action.description(), wanted.description()));
    }
    return switch (state) {
      case WITHDRAWN ->
          new Verdict.Refused("gate-withdrawn", "notice " + notice + " was withdrawn");
      case SHUT ->
          new Verdict.TooEarly(
              "notice %s has not matured: every recipient must have it and its notice period of %d days must have elapsed; after that the action may be entered, to take effect at %s or later"
                  .formatted(notice, leadDays, effectAt),
              effectAt);
      case OPEN ->
          asked.isBefore(effectAt)
              ? new Verdict.TooEarly(
                  "notice %s permits it from %s on, not at %s".formatted(notice, effectAt, asked),
                  effectAt)
              : new Verdict.Fits();
    };
  }
}
