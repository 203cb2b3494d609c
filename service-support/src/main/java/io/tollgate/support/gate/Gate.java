package io.tollgate.support.gate;

import io.tollgate.model.NoticeId;
import io.tollgate.model.event.NoticeEvent.GateKind;
import java.time.Instant;

/**
 * A gated notice as a service has heard of it.
 *
 * @param notice the notice
 * @param kind what it announces
 * @param subject what the action behind it must name
 * @param leadDays its lead
 * @param effectAt the earliest effect: as asked; once open, as delivery allowed
 * @param state whether the action may happen
 */
public record Gate(
    NoticeId notice, GateKind kind, String subject, int leadDays, Instant effectAt, State state) {

  /** Whether the action may happen. */
  public enum State {
    SHUT,
    OPEN,
    WITHDRAWN
  }

  /** Whether an action fits this gate. */
  public sealed interface Verdict {
    /** It may be taken up, and happens when the gate is open, at {@code effectAt} or later. */
    record Fits(Gate gate, Instant effectAt) implements Verdict {}

    /** It may not, and why. */
    record Refused(String slug, String reason) implements Verdict {}
  }

  /** Judges an action that names this gate. */
  public Verdict judge(GateKind wanted, String actionSubject, Instant asked) {
    if (kind != wanted || !subject.equals(actionSubject)) {
      return new Verdict.Refused(
          "gate-mismatch", "notice " + notice + " announces " + kind + " of " + subject);
    }
    if (state == State.WITHDRAWN) {
      return new Verdict.Refused("gate-withdrawn", "notice " + notice + " was withdrawn");
    }
    if (asked.isBefore(effectAt)) {
      return new Verdict.Refused(
          "gate-shut", "notice " + notice + " allows it from " + effectAt + " at the earliest");
    }
    return new Verdict.Fits(this, asked);
  }
}
