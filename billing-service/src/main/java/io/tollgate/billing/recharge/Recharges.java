package io.tollgate.billing.recharge;

import io.tollgate.billing.ledger.Allocation;
import io.tollgate.billing.ledger.BillingPolicies;
import io.tollgate.billing.ledger.JdbcLedger;
import io.tollgate.billing.ledger.JdbcLedgerWriter;
import io.tollgate.billing.ledger.JdbcPast;
import io.tollgate.billing.ledger.OpenAccount;
import io.tollgate.billing.ledger.Rules;
import io.tollgate.model.AccountId;
import io.tollgate.model.Money;
import io.tollgate.model.RechargeId;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.support.audittrail.AuditEntry;
import io.tollgate.support.audittrail.AuditTrail;
import io.tollgate.support.clock.BusinessClock;
import io.tollgate.support.policy.Policies;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Books recharges and takes them back; every method runs inside the request's transaction. */
@Component
class Recharges {
  private final JdbcRecharges repository;
  private final JdbcLedger ledger;
  private final JdbcLedgerWriter writer;
  private final JdbcPast pasts;
  private final Policies policies;
  private final AuditTrail trail;
  private final BusinessClock clock;

  Recharges(
      JdbcRecharges repository,
      JdbcLedger ledger,
      JdbcLedgerWriter writer,
      JdbcPast pasts,
      Policies policies,
      AuditTrail trail,
      BusinessClock clock) {
    this.repository = repository;
    this.ledger = ledger;
    this.writer = writer;
    this.pasts = pasts;
    this.policies = policies;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Takes a recharge in: books it, or lets a remittance wait.
   *
   * @throws ProblemException 409 when the channel's transaction came before with other content
   */
  Recharge take(Recharge asked, String who) {
    OpenAccount account = ledger.lockOne(asked.account(), clock.now());
    if (!account.currency().equals(asked.amount().currency())) {
      throw ProblemException.invalid("currency", "the account is kept in " + account.currency());
    }
    Optional<Recharge> earlier = repository.find(asked.recharge());
    if (earlier.isPresent()) {
      return same(earlier.get(), asked);
    }
    Recharge recharge = asked.channel() == Channel.REMITTANCE ? matched(asked) : asked;
    repository.insert(recharge, clock.now());
    record(recharge, who, "received " + recharge.amount(), "");
    return recharge.channel() == Channel.REMITTANCE
        ? recharge
        : book(recharge, account, recharge.paidAt());
  }

  private static Recharge same(Recharge earlier, Recharge asked) {
    if (!earlier.account().equals(asked.account()) || !earlier.amount().equals(asked.amount())) {
      throw ProblemException.conflict(
          "recharge-conflict",
          "transaction %s of %s was received before with another account or amount"
              .formatted(asked.transaction(), asked.channel()));
    }
    return earlier;
  }

  private Recharge matched(Recharge asked) {
    String payee = policies.value(BillingPolicies.PAYEE_ACCOUNT, clock.now()).value();
    boolean matches = asked.payee().filter(payee::equals).isPresent();
    return matches
        ? asked
        : new Recharge(
            asked.recharge(),
            asked.account(),
            asked.channel(),
            asked.transaction(),
            asked.amount(),
            asked.paidAt(),
            asked.payee(),
            Recharge.State.UNMATCHED,
            asked.valueTime(),
            asked.bookedAt(),
            asked.allocation());
  }

  /** Confirms a remittance: it counts from the bank's value date, not from now. */
  Recharge confirm(RechargeId id, Optional<Instant> valueDate, String who) {
    AccountId owner = find(id).account();
    OpenAccount account = ledger.lockOne(owner, clock.now());
    Recharge recharge = find(id);
    return switch (recharge.state()) {
      case BOOKED -> recharge;
      case REVERSED ->
          throw ProblemException.conflict("recharge-reversed", "it was taken back already");
      case UNMATCHED ->
          throw ProblemException.refused(
              "recharge-unmatched", "it does not name the agreement's payee account", "A");
      case PENDING -> {
        record(recharge, who, "confirmed", "");
        yield book(recharge, account, valueDate.orElse(recharge.paidAt()));
      }
    };
  }

  private Recharge book(Recharge recharge, OpenAccount account, Instant valueTime) {
    Instant now = clock.now();
    Instant counted = valueTime.isAfter(now) ? now : valueTime;
    Instant bookedAt = account.notBeforeLast(now);
    Allocation used =
        account.receive(
            recharge.cause(),
            recharge.amount(),
            recharge.channel().account(),
            counted,
            bookedAt,
            Rules.RECHARGE,
            () -> pasts.of(account.id(), account.currency()));
    account.tell(
        new BillingEvent.RechargeBooked(
            account.id(),
            recharge.recharge(),
            recharge.channel().name(),
            Optional.of(recharge.transaction()),
            recharge.amount(),
            used.toPrincipal(),
            used.toPenalty(),
            used.toCredit(),
            used.toFunds(),
            counted,
            bookedAt,
            Rules.RECHARGE));
    writer.store(List.of(account));
    repository.markBooked(recharge.recharge(), counted, bookedAt, used);
    return find(recharge.recharge());
  }

  /** Takes a recharge back because the channel did: what is then uncovered is owed from now. */
  Recharge reverse(RechargeId id, String number, String who) {
    AccountId owner = find(id).account();
    OpenAccount account = ledger.lockOne(owner, clock.now());
    Recharge recharge = find(id);
    if (recharge.state() == Recharge.State.REVERSED) {
      return recharge;
    }
    if (recharge.state() != Recharge.State.BOOKED) {
      throw ProblemException.conflict("recharge-not-booked", "it was never booked");
    }
    Instant bookedAt = account.notBeforeLast(clock.now());
    Money owedBefore = account.books().owed(bookedAt);
    account.reverse(
        recharge.reversalCause(),
        recharge.amount(),
        recharge.channel().account(),
        pasts.of(account.id(), account.currency()),
        bookedAt,
        Rules.RECHARGE);
    Money owed = account.books().owed(bookedAt).minus(owedBefore).orZero();
    account.tell(
        new BillingEvent.RechargeReversed(
            account.id(),
            id,
            Optional.of(number),
            recharge.amount(),
            owed,
            bookedAt,
            Rules.RECHARGE));
    writer.store(List.of(account));
    repository.markReversed(id, number, bookedAt);
    record(recharge, who, "reversed", number);
    return find(id);
  }

  private Recharge find(RechargeId id) {
    return repository.find(id).orElseThrow(() -> ProblemException.notFound("recharge " + id));
  }

  private void record(Recharge recharge, String who, String what, String reason) {
    trail.record(
        AuditEntry.of(
            who,
            Optional.of(recharge.account()),
            "recharge",
            recharge.recharge().value(),
            what,
            Rules.RECHARGE.value(),
            reason));
  }
}
