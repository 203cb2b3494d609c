package io.tollgate.billing.payment;

import io.tollgate.billing.journal.Allocation;
import io.tollgate.billing.journal.Booked;
import io.tollgate.billing.journal.Booking;
import io.tollgate.billing.journal.MoneyDocuments;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.journal.Rules;
import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.model.Money;
import io.tollgate.model.RechargeId;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Added;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Books recharges and takes them back; every method runs inside the request's transaction. */
@Component
class Recharges {
  private final JdbcRecharges repository;
  private final PayeeAccounts payees;
  private final MoneyDocuments documents;
  private final BusinessClock clock;

  Recharges(
      JdbcRecharges repository,
      PayeeAccounts payees,
      MoneyDocuments documents,
      BusinessClock clock) {
    this.repository = repository;
    this.payees = payees;
    this.documents = documents;
    this.clock = clock;
  }

  /**
   * Takes an account's recharge in: books it, or lets a remittance wait.
   *
   * @throws ProblemException 409 when the channel's transaction came before with other content, or
   *     the payee account is another customer's
   */
  Added<Recharge> take(AccountId owner, ReportedRecharge reported, String who) {
    OpenAccount account = documents.lock(owner);
    return known(reported).orElseGet(() -> first(account, reported, who));
  }

  private Added<Recharge> first(OpenAccount account, ReportedRecharge reported, String who) {
    requireCurrency(account, reported.amount());
    Added<Recharge> added = receive(reported, payer(account.id(), reported), who);
    Recharge recharge = added.value();
    return added.isNew() && recharge.channel() != Channel.REMITTANCE
        ? new Added<>(book(recharge, account, recharge.paidAt()), true)
        : added;
  }

  /**
   * Takes a remittance in; whose it is follows from its payee account (C2.2).
   *
   * @throws ProblemException 409 when the bank's transaction came before with other content
   */
  Added<Recharge> remit(ReportedRecharge reported, String who) {
    return known(reported).orElseGet(() -> firstRemitted(reported, who));
  }

  private Added<Recharge> firstRemitted(ReportedRecharge reported, String who) {
    Optional<AccountId> owner = ownerOfPayee(reported);
    owner.ifPresent(payer -> requireCurrency(documents.lock(payer), reported.amount()));
    return receive(reported, owner, who);
  }

  /**
   * What a transaction that came before became. Looked for before anything is checked that may have
   * changed since, such as whose the payee account is.
   */
  private Optional<Added<Recharge>> known(ReportedRecharge reported) {
    return repository.find(reported.recharge()).map(earlier -> same(reported, earlier));
  }

  /** Stores it and lets it wait; a transaction that came before stays what it became. */
  private Added<Recharge> receive(
      ReportedRecharge reported, Optional<AccountId> owner, String who) {
    Recharge recharge = reported.received(owner, clock.now());
    if (!repository.insert(recharge, clock.now())) {
      return same(reported, find(reported.recharge()));
    }
    documents.record(
        recharge,
        who,
        "received " + recharge.amount(),
        recharge.enteredFor().map(entered -> "entered for account " + entered).orElse(""));
    return new Added<>(recharge, true);
  }

  static void requireCurrency(OpenAccount account, Money amount) {
    if (!account.currency().equals(amount.currency())) {
      throw ProblemException.invalid("currency", "the account is kept in " + account.currency());
    }
  }

  private static Added<Recharge> same(ReportedRecharge reported, Recharge earlier) {
    List<String> contradictions = reported.contradictions(earlier);
    if (!contradictions.isEmpty()) {
      throw ProblemException.conflict(
          "recharge-conflict",
          "transaction %s of %s was received before with another %s"
              .formatted(
                  reported.transaction(),
                  reported.channel(),
                  String.join(" and another ", contradictions)));
    }
    return new Added<>(earlier, false);
  }

  /**
   * Whoever enters it says whose it is; the payee account, where one is named, must not say
   * otherwise. To a payee account that is nobody's it is nobody's either, until it is assigned.
   */
  private Optional<AccountId> payer(AccountId owner, ReportedRecharge reported) {
    if (reported.channel() != Channel.REMITTANCE || reported.payee().isEmpty()) {
      return Optional.of(owner);
    }
    Optional<AccountId> known = ownerOfPayee(reported);
    if (known.filter(account -> !account.equals(owner)).isPresent()) {
      throw ProblemException.conflict(
          "payee-assigned",
          "payee account %s belongs to another account: enter it by POST /v1/remittances"
              .formatted(reported.payee().orElseThrow()));
    }
    return known;
  }

  private Optional<AccountId> ownerOfPayee(ReportedRecharge reported) {
    return reported.payee().flatMap(payees::find).map(PayeeAccount::account);
  }

  Recharge book(Recharge recharge, OpenAccount account, Instant valueTime) {
    Instant now = clock.now();
    Instant counted = valueTime.isAfter(now) ? now : valueTime;
    Booked booked =
        documents.book(
            account,
            new Booking.Received(
                recharge.cause(), recharge.amount(), Optional.of(counted), Rules.RECHARGE),
            now,
            done -> event(recharge, account, done, counted));
    repository.markBooked(recharge.recharge(), counted, booked.at());
    return find(recharge.recharge());
  }

  private static BillingEvent event(
      Recharge recharge, OpenAccount account, Booked booked, Instant counted) {
    Allocation used = Allocation.of(booked.legs(), account.currency());
    return new BillingEvent.RechargeBooked(
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
        booked.at(),
        Rules.RECHARGE);
  }

  /**
   * Takes a recharge back because the channel did: what is then uncovered is owed from now, and not
   * before its bill is due.
   */
  Recharge reverse(RechargeId id, String number, String who) {
    OpenAccount account = documents.lock(owner(id));
    Recharge recharge = locked(id);
    switch (recharge.state().toward(DocumentState.REVERSED)) {
      case DONE -> {
        return sameReversal(recharge, number);
      }
      case REFUSED -> throw ProblemException.conflict("recharge-not-booked", "it was never booked");
      case DUE -> requireUnused(recharge.channel(), number);
    }
    Instant bookedAt = account.notBeforeLast(clock.now());
    Money owedBefore = account.balances().owed(bookedAt);
    var unused =
        documents.book(
            account,
            new Booking.TakenBack(recharge.reversalCause(), recharge.amount(), Rules.RECHARGE),
            bookedAt,
            booked ->
                new BillingEvent.RechargeReversed(
                    account.id(),
                    id,
                    Optional.of(number),
                    recharge.amount(),
                    account.balances().owed(bookedAt).minus(owedBefore).orZero(),
                    bookedAt,
                    Rules.RECHARGE));
    try {
      repository.markReversed(id, number, bookedAt);
    } catch (DuplicateKeyException e) {
      // Another recharge was taken back under this number at the same time: all of this is undone.
      throw ProblemException.conflict(
          "reversal-conflict", "number %s was used to reverse another recharge".formatted(number));
    }
    documents.record(recharge, who, "reversed", number);
    return find(id);
  }

  private Recharge sameReversal(Recharge reversed, String number) {
    Optional<String> before = repository.reversalOf(reversed.recharge());
    if (before.filter(number::equals).isEmpty()) {
      throw ProblemException.conflict(
          "reversal-conflict",
          "it has already been reversed under number %s".formatted(before.orElse("")));
    }
    return reversed;
  }

  /** A channel takes one recharge back under one number (C2.2). */
  private void requireUnused(Channel channel, String number) {
    repository
        .reversedBy(channel, number)
        .ifPresent(
            other -> {
              throw ProblemException.conflict(
                  "reversal-conflict",
                  "%s reversed recharge %s under number %s".formatted(channel, other, number));
            });
  }

  AccountId owner(RechargeId id) {
    return find(id).account().orElseThrow(Remittances::unmatched);
  }

  Recharge locked(RechargeId id) {
    return repository.lock(id).orElseThrow(() -> ProblemException.notFound("recharge " + id));
  }

  Recharge find(RechargeId id) {
    return repository.find(id).orElseThrow(() -> ProblemException.notFound("recharge " + id));
  }
}
