package io.tollgate.billing.journal;

import static io.tollgate.model.Instants.later;

import io.tollgate.billing.money.Balances;
import io.tollgate.model.AccountId;
import io.tollgate.model.Money;
import io.tollgate.model.event.BillingEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * What was last published of an account's debt, so that a transaction states it once if it changed:
 * what is owed and the unpaid penalty, as they are (C2.3). A day's penalty states itself.
 */
final class DebtStatement {
  private final AccountId account;
  private Money owed;
  private Money penalty;
  private Instant upTo;

  /**
   * What was stated with the balances as they are stored.
   *
   * @param statedTo bills that fell due by then were stated as owed
   */
  DebtStatement(AccountId account, Balances stored, Instant statedTo) {
    this.account = account;
    this.upTo = statedTo;
    this.owed = stored.owed(statedTo);
    this.penalty = stored.penalty();
  }

  /** A day's penalty says what is unpaid with it. */
  Money accrued(Money amount) {
    penalty = penalty.plus(amount);
    return penalty;
  }

  /** Every day's penalty was computed anew and comes to this. */
  Money recomputed(Money unpaid) {
    penalty = unpaid;
    return penalty;
  }

  /**
   * What falls due by then is owed.
   *
   * @return up to when debts are stated as owed now: not before an instant that was stated already
   */
  Instant upTo(Instant at) {
    upTo = later(upTo, at);
    return upTo;
  }

  /** Bills that fall due by then are published with this transaction, or were before. */
  Instant statedTo() {
    return upTo;
  }

  /** The statement, unless others know it already. */
  Optional<BillingEvent> of(Balances now) {
    Money owedNow = now.owed(upTo);
    Money penaltyNow = now.penalty();
    return owedNow.equals(owed) && penaltyNow.equals(penalty)
        ? Optional.empty()
        : Optional.of(
            new BillingEvent.DebtStated(account, owedNow, penaltyNow, upTo, Rules.ARREARS));
  }
}
