package io.tollgate.billing.payment;

import io.tollgate.billing.journal.Allocation;
import io.tollgate.billing.journal.MoneyDocument;
import io.tollgate.billing.journal.Rules;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.model.Money;
import io.tollgate.model.RechargeId;
import io.tollgate.model.RuleId;
import java.time.Instant;
import java.util.Optional;

/**
 * A recharge.
 *
 * @param recharge its id, derived from channel and transaction
 * @param account whose; empty while nobody knows whose a remittance is
 * @param enteredFor for whom it was entered, while nobody knows whose it is
 * @param channel how the money comes
 * @param transaction the channel's number of it: the idempotency key
 * @param amount how much
 * @param paidAt when the channel says it was paid
 * @param payee whom a remittance names
 * @param state where it stands
 * @param valueTime from when it counts, once booked
 * @param bookedAt when it was booked
 * @param allocation what it was used for when it was booked: read from its postings
 */
record Recharge(
    RechargeId recharge,
    Optional<AccountId> account,
    Optional<AccountId> enteredFor,
    Channel channel,
    String transaction,
    Money amount,
    Instant paidAt,
    Optional<String> payee,
    DocumentState state,
    Optional<Instant> valueTime,
    Optional<Instant> bookedAt,
    Optional<Allocation> allocation)
    implements MoneyDocument {

  /** The same with what it was used for. */
  Recharge usedFor(Allocation used) {
    return new Recharge(
        recharge,
        account,
        enteredFor,
        channel,
        transaction,
        amount,
        paidAt,
        payee,
        state,
        valueTime,
        bookedAt,
        Optional.of(used));
  }

  @Override
  public String documentKind() {
    return "recharge";
  }

  @Override
  public String decidedProblem() {
    return "recharge-decided";
  }

  @Override
  public String documentId() {
    return recharge.value();
  }

  @Override
  public Optional<AccountId> owner() {
    return account;
  }

  @Override
  public RuleId authorisedBy() {
    return Rules.RECHARGE;
  }

  @Override
  public Optional<String> onlyAnotherThan() {
    return Optional.empty();
  }

  /** What its postings bear. */
  Cause cause() {
    return Cause.recharge(channel.recharge(), recharge);
  }

  /** What the postings bear that take it back. */
  Cause reversalCause() {
    return Cause.recharge(channel.reversal(), recharge);
  }
}
