package io.tollgate.billing.payment;

import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.journal.Rules;
import io.tollgate.model.AccountId;
import io.tollgate.model.RechargeId;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What operators decide about remittances that wait: whose they are, and whether they count (C2.2).
 * Every method runs inside the request's transaction.
 */
@Component
class Remittances {
  private final Recharges recharges;
  private final JdbcRecharges repository;
  private final Ledger ledger;
  private final BusinessClock clock;

  Remittances(Recharges recharges, JdbcRecharges repository, Ledger ledger, BusinessClock clock) {
    this.recharges = recharges;
    this.repository = repository;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Says whose an unmatched remittance is; it then waits for its confirmation.
   *
   * @throws ProblemException 409 when it is not unmatched any more
   */
  Recharge assign(RechargeId id, AccountId owner, String reason, String who) {
    OpenAccount account = ledger.lockOne(owner, clock.now());
    Recharge recharge = recharges.locked(id);
    Recharges.requireCurrency(account, recharge);
    if (recharge.state() == Recharge.State.PENDING
        && recharge.account().filter(owner::equals).isPresent()) {
      return recharge;
    }
    if (recharge.state() != Recharge.State.UNMATCHED) {
      throw decided(recharge);
    }
    repository.assign(id, owner);
    Recharge assigned = recharges.find(id);
    recharges.record(assigned, who, "assigned to account " + owner, reason);
    return assigned;
  }

  /**
   * Refuses a remittance that waits; its transaction never counts after that.
   *
   * @throws ProblemException 409 when it was booked
   */
  Recharge reject(RechargeId id, String reason, String who) {
    Optional<OpenAccount> account =
        recharges.find(id).account().map(owner -> ledger.lockOne(owner, clock.now()));
    Recharge recharge = recharges.locked(id);
    if (recharge.state() == Recharge.State.REJECTED) {
      return recharge;
    }
    if (recharge.state() != Recharge.State.PENDING
        && recharge.state() != Recharge.State.UNMATCHED) {
      throw decided(recharge);
    }
    if (!recharge.account().equals(account.map(OpenAccount::id))) {
      throw ProblemException.conflict(
          "recharge-changed", "it was assigned to an account meanwhile: look at it again");
    }
    Instant at = clock.now();
    repository.markRejected(id, reason, at);
    recharges.record(recharge, who, "rejected", reason);
    account.ifPresent(
        open -> {
          open.tell(
              new BillingEvent.RemittanceRejected(
                  open.id(),
                  id,
                  recharge.transaction(),
                  recharge.amount(),
                  reason,
                  open.notBeforeLast(at),
                  Rules.RECHARGE));
          ledger.store(List.of(open));
        });
    return recharges.find(id);
  }

  /** Confirms a remittance: it counts from the bank's value date, not from now. */
  Recharge confirm(RechargeId id, Optional<Instant> valueDate, String who) {
    OpenAccount account = ledger.lockOne(recharges.owner(id), clock.now());
    Recharge recharge = recharges.locked(id);
    return switch (recharge.state()) {
      case BOOKED -> recharge;
      case REVERSED, REJECTED -> throw decided(recharge);
      case UNMATCHED -> throw unmatched();
      case PENDING -> {
        recharges.record(recharge, who, "confirmed", "");
        yield recharges.book(recharge, account, valueDate.orElse(recharge.paidAt()));
      }
    };
  }

  private static ProblemException decided(Recharge recharge) {
    return ProblemException.conflict(
        "recharge-decided", "the remittance is %s already".formatted(recharge.state()));
  }

  static ProblemException unmatched() {
    return ProblemException.refused(
        "recharge-unmatched",
        "nobody knows whose it is: assign it to an account, or reject it",
        Rules.RECHARGE.value());
  }
}
