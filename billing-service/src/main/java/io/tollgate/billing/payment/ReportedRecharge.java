package io.tollgate.billing.payment;

import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.model.Money;
import io.tollgate.model.RechargeId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A recharge as a channel or an operator reports it, perhaps not for the first time.
 *
 * @param recharge its id, derived from channel and transaction
 * @param account whose it is said to be; empty where the payee account decides
 * @param channel how the money comes
 * @param transaction the channel's number of it: the idempotency key
 * @param amount how much
 * @param paidAt when it is said to have been paid; now, where nothing is said
 * @param payee whom a remittance names
 */
record ReportedRecharge(
    RechargeId recharge,
    Optional<AccountId> account,
    Channel channel,
    String transaction,
    Money amount,
    Optional<Instant> paidAt,
    Optional<String> payee) {

  /**
   * The recharge that it is when its transaction is new.
   *
   * @param owner whose; empty while nobody knows
   * @param at when it is reported
   */
  Recharge received(Optional<AccountId> owner, Instant at) {
    return new Recharge(
        recharge,
        owner,
        owner.isPresent() ? Optional.empty() : account,
        channel,
        transaction,
        amount,
        paidAt.orElse(at.truncatedTo(ChronoUnit.MICROS)),
        payee,
        owner.isPresent() ? DocumentState.PENDING : DocumentState.UNMATCHED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * What it says otherwise than the recharge that its transaction became before: the same
   * transaction with other content is refused (C2.2). A field that is left out says nothing.
   */
  List<String> contradictions(Recharge earlier) {
    List<String> fields = new ArrayList<>();
    if (contradicts(account, earlier.account().or(earlier::enteredFor))) {
      fields.add("account");
    }
    if (!amount.equals(earlier.amount())) {
      fields.add("amount");
    }
    if (contradicts(paidAt, Optional.of(earlier.paidAt()))) {
      fields.add("paidAt");
    }
    if (contradicts(payee, earlier.payee())) {
      fields.add("payee");
    }
    return fields;
  }

  private static <T> boolean contradicts(Optional<T> said, Optional<T> before) {
    return said.isPresent() && !said.equals(before);
  }
}
