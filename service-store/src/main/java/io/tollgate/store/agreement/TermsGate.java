package io.tollgate.store.agreement;

import io.tollgate.model.NoticeId;
import io.tollgate.model.event.GateAction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Accepts a change of terms only once its notice has matured, at every level of the agreement
 * (C3.2.10). A change that only favours customers, or that binds nobody yet, needs no notice.
 */
final class TermsGate {

  private final Gates gates;
  private final BoundAccounts bound;

  TermsGate(Gates gates, BoundAccounts bound) {
    this.gates = gates;
    this.bound = bound;
  }

  /**
   * Does nothing when the row may be entered; a notice that is named is used up.
   *
   * @param row the row, not yet stored
   * @param stored every row there is
   * @param now the business instant
   * @return the notice that let it in
   * @throws io.tollgate.support.web.ProblemException 422 with the reason when it may not
   */
  Optional<NoticeId> pass(
      PolicyDefinition<?> policy,
      PolicyRow row,
      Optional<NoticeId> announcedBy,
      List<PolicyRow> stored,
      Instant now) {
    if (announcedBy.isEmpty()
        && !(TermsChange.isWorse(policy, row, stored) && bound.any(row.product()))) {
      return Optional.empty();
    }
    return Optional.of(
        gates.pass(
            new Passage(
                new GateAction.Policy(row.name(), row.level(), row.product(), row.value()),
                announcedBy,
                "",
                row.effectiveFrom(),
                "it may disadvantage customers",
                now,
                row.author())));
  }
}
