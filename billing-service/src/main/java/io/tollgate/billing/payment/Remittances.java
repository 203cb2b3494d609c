package io.tollgate.billing.payment;

import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.MoneyDocuments;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.journal.Rules;
import io.tollgate.billing.money.DocumentState;
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
  private final MoneyDocuments documents;
  private final BusinessClock clock;

  Remittances(
      Recharges recharges,
      JdbcRecharges repository,
      Ledger ledger,
      MoneyDocuments documents,
      BusinessClock clock) {
    this.recharges = recharges;
    this.repository = repository;
    this.ledger = ledger;
    this.documents = documents;
    this.clock = clock;
  }

  /**
   * Says whose an unmatched remittance is; it then waits for its confirmation.
   *
   * @throws ProblemException 409 when it is not unmatched any more
   */
  Recharge assign(RechargeId id, AccountId owner, String reason, String who) {
    OpenAccount account = documents.lock(owner);
    Recharge recharge = recharges.locked(id);
    Recharges.requireCurrency(account, recharge.amount());
    return documents.decide(
        recharge,
        DocumentState.PENDING,
        who,
        assigned -> assigned.account().filter(owner::equals).isPresent(),
        unmatched -> {
          repository.assign(id, owner);
          Recharge assigned = recharges.find(id);
          documents.record(assigned, who, "assigned to account " + owner, reason);
          return assigned;
        });
  }

  /**
   * Refuses a remittance that waits; its transaction never counts after that.
   *
   * @throws ProblemException 409 when it was booked, or rejected for another reason, which the
   *     customer was told
   */
  Recharge reject(RechargeId id, String reason, String who) {
    Optional<OpenAccount> account =
        recharges.find(id).account().map(owner -> documents.lock(owner));
    return documents.decide(
        recharges.locked(id),
        DocumentState.REJECTED,
        who,
        rejected -> repository.rejectionOf(id).filter(reason::equals).isPresent(),
        waiting -> {
          if (!waiting.account().equals(account.map(OpenAccount::id))) {
            throw ProblemException.conflict(
                "recharge-changed",
                "it was assigned to an account in the meantime: check it again");
          }
          return rejected(waiting, account, reason, who);
        });
  }

  private Recharge rejected(
      Recharge recharge, Optional<OpenAccount> account, String reason, String who) {
    RechargeId id = recharge.recharge();
    Instant at = clock.now();
    repository.markRejected(id, reason, at);
    documents.record(recharge, who, "rejected", reason);
    account.ifPresent(
        open -> {
          open.publish(
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

  /**
   * Confirms a remittance: it counts from the bank's value date, not from now.
   *
   * @throws ProblemException 409 when it was decided otherwise, or confirmed with another date
   */
  Recharge confirm(RechargeId id, Optional<Instant> valueDate, String who) {
    OpenAccount account = documents.lock(recharges.owner(id));
    return documents.decide(
        recharges.locked(id),
        DocumentState.BOOKED,
        who,
        booked -> valueDate.isEmpty() || valueDate.equals(booked.valueTime()),
        waiting -> {
          documents.record(waiting, who, "confirmed", "");
          return recharges.book(waiting, account, valueDate.orElse(waiting.paidAt()));
        });
  }

  static ProblemException unmatched() {
    return ProblemException.refused(
        "recharge-unmatched",
        "it matches no customer: assign it to an account, or reject it",
        Rules.RECHARGE.value());
  }
}
