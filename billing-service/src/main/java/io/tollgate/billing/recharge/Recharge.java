package io.tollgate.billing.recharge;

import io.tollgate.billing.ledger.Allocation;
import io.tollgate.model.AccountId;
import io.tollgate.model.Money;
import io.tollgate.model.RechargeId;
import java.time.Instant;
import java.util.Optional;

/**
 * A recharge.
 *
 * @param recharge its id, derived from channel and transaction
 * @param account whose
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
    AccountId account,
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
    /** A remittance that names another payee. */
    UNMATCHED,
    BOOKED,
    REVERSED
  }

  /** The id of its movement. */
  String cause() {
    return "recharge:" + recharge;
  }

  /** The id of the movement that takes it back. */
  String reversalCause() {
    return "reversal:" + recharge;
  }
}
