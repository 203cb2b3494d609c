package io.tollgate.support.policy;

import io.tollgate.model.NoticeId;
import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.support.gate.Gate;
import io.tollgate.support.gate.Gates;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets a change of the general terms in once its notice has matured; there is no other way
 * (C3.2.10). What other levels say was agreed with somebody, so nobody waits for it.
 */
final class TermsGate {

  /** The subject of a notice that announces changes of any terms, not of one policy only. */
  private static final String ALL_TERMS = "general-terms";

  private static final GateKind KIND = GateKind.TERMS_CHANGE;
  private static final String RULE = KIND.rule().value();

  private final Gates gates;

  TermsGate(Gates gates) {
    this.gates = gates;
  }

  /**
   * Does nothing when the row may be entered.
   *
   * @throws ProblemException 422 with the reason when it may not
   */
  void pass(
      PolicyLevel level, String policy, Optional<NoticeId> announcedBy, Instant effectiveFrom) {
    if (level != PolicyLevel.GENERAL_TERMS) {
      return;
    }
    NoticeId notice =
        announcedBy.orElseThrow(
            () ->
                ProblemException.refused(
                    "gate-needed",
                    "it changes the general terms: name the notice that announced it",
                    RULE));
    String subject = gates.find(notice).map(Gate::subject).filter(ALL_TERMS::equals).orElse(policy);
    switch (gates.judge(notice, KIND, subject, effectiveFrom)) {
      case Gate.Verdict.Refused refused ->
          throw ProblemException.refused(refused.slug(), refused.reason(), RULE);
      case Gate.Verdict.Fits fits -> {
        if (fits.gate().state() != Gate.State.OPEN) {
          throw ProblemException.refused(
              "gate-shut", "notice " + notice + " has not matured", RULE);
        }
      }
    }
  }
}
