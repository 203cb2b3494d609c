package io.tollgate.billing.journal;

import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.model.RuleId;
import java.util.Optional;

/**
 * A document that moves an account's money once: a recharge, an adjustment. Its id follows from
 * what makes it the same (a channel's transaction, a caller's key), so that a repeated request
 * finds it instead of making another.
 *
 * <p>{@link MoneyDocuments} carries it through its states.
 */
public interface MoneyDocument {

  /** What it is, in the audit trail. */
  String documentKind();

  /** The problem type of a decision about what was decided otherwise. */
  String decidedProblem();

  /** Its id. */
  String documentId();

  /** Whose money it moves; empty while nobody knows. */
  Optional<AccountId> owner();

  /** Where it stands. */
  DocumentState state();

  /** The contract rule that allows it. */
  RuleId authorisedBy();

  /**
   * Who asked for it, where only somebody else may decide about it: two people move money that one
   * may not. Empty where its kind lets one person do both.
   */
  Optional<String> onlyAnotherThan();
}
