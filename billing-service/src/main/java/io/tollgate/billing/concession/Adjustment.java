package io.tollgate.billing.concession;

import io.tollgate.billing.journal.MoneyDocument;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.model.AdjustmentId;
import io.tollgate.model.Money;
import io.tollgate.model.RuleId;
import java.time.Instant;
import java.util.Optional;

/**
 * Money given or taken back by hand.
 *
 * @param adjustment its id
 * @param account whose
 * @param kind in which direction
 * @param amount how much, above 0
 * @param rule the contract rule that its author says allows it
 * @param reason why
 * @param takesBack the adjustment that is undone
 * @param needsApproval whether a second person has to agree
 * @param state where it stands
 * @param requestedBy who entered it
 * @param requestedAt when
 * @param decidedBy who approved or rejected it: never who entered it
 * @param decidedAt when
 * @param rejection why it was rejected
 * @param bookedAt when its money moved
 */
record Adjustment(
    AdjustmentId adjustment,
    AccountId account,
    Kind kind,
    Money amount,
    RuleId rule,
    String reason,
    Optional<AdjustmentId> takesBack,
    boolean needsApproval,
    DocumentState state,
    String requestedBy,
    Instant requestedAt,
    Optional<String> decidedBy,
    Optional<Instant> decidedAt,
    Optional<String> rejection,
    Optional<Instant> bookedAt)
    implements MoneyDocument {

  /** Its direction. */
  enum Kind {
    /** In the account's favour. */
    CREDIT,
    /** Undoes a credit, the whole of it. */
    TAKEN_BACK
  }

  /** One that was just entered. */
  static Adjustment entered(
      AdjustmentId adjustment,
      AccountId account,
      Kind kind,
      Money amount,
      RuleId rule,
      String reason,
      Optional<AdjustmentId> takesBack,
      boolean needsApproval,
      String requestedBy,
      Instant requestedAt) {
    return new Adjustment(
        adjustment,
        account,
        kind,
        amount,
        rule,
        reason,
        takesBack,
        needsApproval,
        DocumentState.PENDING,
        requestedBy,
        requestedAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What its postings bear. */
  Cause cause() {
    return Cause.adjustment(adjustment);
  }

  @Override
  public String documentKind() {
    return "adjustment";
  }

  @Override
  public String decidedProblem() {
    return "adjustment-decided";
  }

  @Override
  public String documentId() {
    return adjustment.value();
  }

  @Override
  public Optional<AccountId> owner() {
    return Optional.of(account);
  }

  @Override
  public RuleId authorisedBy() {
    return rule;
  }

  @Override
  public Optional<String> onlyAnotherThan() {
    return Optional.of(requestedBy);
  }
}
