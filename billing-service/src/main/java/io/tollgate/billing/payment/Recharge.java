package io.tollgate.billing.payment;

import io.tollgate.billing.journal.Allocation;
import io.tollgate.billing.money.Cause;
import io.tollgate.model.AccountId;
import io.tollgate.model.Money;
import io.tollgate.model.RechargeId;
import java.time.Instant;
import java.util.Optional;

/**
 * A recharge.
 *
 * @param recharge its id, derived from channel and transaction
 * @param account whose; empty while nobody knows whose a remittance is
 * @param channel how the money comes
 * @param transaction the channel's number of it: the idempotency key
 * @param amount how much
 * @param paidAt when the channel says it was paid
 * @param payee whom a remittance names
 * @param state where it stands
 * @param valueTime from when it counts, once booked
 * @param bookedAt when it was booked
 * @param allocation what it was used for when it was booked
 */
record Recharge(
    RechargeId recharge,
    Optional<AccountId> account,
    Channel channel,
    String transaction,
    Money amount,
    Instant paidAt,
    Optional<String> payee,
    State state,
    Optional<Instant> valueTime,
    Optional<Instant> bookedAt,
    Optional<Allocation> allocation) {
  /** Where a recharge stands. */
  enum State {
    /** A remittance that an operator has to confirm. */
    PENDING,
    /** A remittance to a payee account that is nobody's: an operator assigns or rejects it. */
    UNMATCHED,
    BOOKED,
    REVERSED,
    /** A remittance that an operator refused; its transaction never counts. */
    REJECTED
  }

  /** The same, waiting for its confirmation or for somebody who knows whose it is. */
  Recharge waiting(Optional<AccountId> whose, State now) {
    return new Recharge(
        recharge,
        whose,
        channel,
        transaction,
        amount,
        paidAt,
        payee,
        now,
        valueTime,
        bookedAt,
        allocation);
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
