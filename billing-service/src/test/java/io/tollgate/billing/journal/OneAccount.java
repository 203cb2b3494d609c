package io.tollgate.billing.journal;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Books;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Debt;
import io.tollgate.billing.money.Draw;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import io.tollgate.model.event.BillingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account in memory: what the tables hold of it between two transactions. */
final class OneAccount {
  static final CurrencyCode CNY = CurrencyCode.CNY;
  private static final ProductId PRODUCT = ProductId.of("vm");

  private final PenaltyTerms terms;
  private final Map<BillId, Money> corrected = new HashMap<>();
  private final List<Posting> postings = new ArrayList<>();
  private final List<BookedMovement> booked = new ArrayList<>();
  private Money funds = zero();
  private Money limit = zero();
  private List<Draw> draws = List.of();
  private List<Debt> debts = List.of();
  private Instant accruedTo;
  private Instant lastMovementAt;
  private Instant debtToldAt;
  private long nextSequence = 1;
  private Collection<Told> told = List.of();
  private final Map<BillId, ProductId> products = new HashMap<>();

  /** What the events have stated. */
  Money statedOwed = zero();

  Money statedPenalty = zero();

  OneAccount(PenaltyTerms terms, Instant openedAt) {
    this.terms = terms;
    this.accruedTo = openedAt;
    this.lastMovementAt = openedAt;
    this.debtToldAt = openedAt;
  }

  static Money zero() {
    return Money.zero(CNY);
  }

  PenaltyTerms terms() {
    return terms;
  }

  OpenAccount open(AllocationOrder order) {
    Books books = new Books(funds, limit, draws, debts);
    return new OpenAccount(
        new StoredAccount(
            AccountId.of("a"),
            0,
            terms,
            order,
            products,
            books,
            books.debts(),
            books.draws(),
            accruedTo,
            lastMovementAt,
            debtToldAt,
            nextSequence,
            told));
  }

  /** Stores what was booked, and hears what is told. */
  void store(OpenAccount account) {
    booked.addAll(account.journal().movements());
    postings.addAll(account.journal().postings());
    funds = account.books().funds();
    limit = account.books().creditLimit();
    draws = account.books().draws();
    debts = account.books().debts();
    accruedTo = account.accruedTo();
    lastMovementAt = account.journal().lastMovementAt();
    debtToldAt = account.debtToldAt();
    nextSequence = account.journal().nextSequence();
    told = account.told().told();
    for (BillingEvent event : account.events()) {
      if (event instanceof BillingEvent.DebtStated stated) {
        statedOwed = stated.owed();
        statedPenalty = stated.penalty();
      } else if (event instanceof BillingEvent.PenaltyAccrued accrued) {
        statedPenalty = accrued.unpaid();
      }
    }
  }

  /** The bills that something can still be taken off, with what is left of them. */
  List<Movement.Charge> correctable() {
    return past().movements().stream()
        .filter(Movement.Charge.class::isInstance)
        .map(Movement.Charge.class::cast)
        .filter(charge -> charge.amount().isPositive())
        .toList();
  }

  void correct(BillId bill, Money amount) {
    corrected.merge(bill, amount, Money::plus);
  }

  Past past() {
    List<Movement> counted = new ArrayList<>();
    Map<Cause, Origin> origins = new HashMap<>();
    for (BookedMovement each : booked) {
      Movement movement = each.movement();
      origins.put(movement.cause(), new Origin(each.rule(), movement.valueTime()));
      counted.add(
          movement instanceof Movement.Charge charge
              ? new Movement.Charge(
                  charge.cause(),
                  charge.sequence(),
                  charge.valueTime(),
                  charge.bill(),
                  charge.amount().minus(corrected.getOrDefault(charge.bill(), zero())),
                  charge.dueAt())
              : movement);
    }
    Map<Cause, Map<Past.Part, Money>> sums = new LinkedHashMap<>();
    for (Posting posting : postings) {
      origins.putIfAbsent(posting.cause(), new Origin(posting.rule(), posting.valueTime()));
      sums.computeIfAbsent(posting.cause(), cause -> new LinkedHashMap<>())
          .merge(
              new Past.Part(posting.leg().subAccount(), posting.leg().bill()),
              posting.leg().amount(),
              Money::plus);
    }
    return new Past(counted, sums, origins, Map.of());
  }

  Bill bill(String id, Money amount, Instant at, Duration term) {
    return new Bill(
        BillId.of(id),
        Bill.Kind.CYCLE,
        PRODUCT,
        BillingCycle.HOUR,
        new Window(at.minusSeconds(3600), at),
        amount,
        at,
        at.plus(term),
        Optional.empty());
  }

  /** What the postings come to on a part of the account. */
  Money posted(SubAccount part) {
    return postings.stream()
        .filter(posting -> posting.leg().subAccount() == part)
        .map(posting -> posting.leg().amount())
        .reduce(zero(), Money::plus);
  }

  /** Postings whose rule is not that of the movement or penalty that they belong to. */
  List<Posting> byAnotherRule() {
    Map<Cause, Origin> origins = past().origins();
    return postings.stream()
        .filter(
            posting ->
                !posting.rule().equals(origins.getOrDefault(posting.cause(), penalty()).rule()))
        .toList();
  }

  private static Origin penalty() {
    return new Origin(Rules.ARREARS, Instant.EPOCH);
  }

  List<Debt> debts() {
    return debts;
  }

  List<Draw> draws() {
    return draws;
  }

  Money funds() {
    return funds;
  }

  Instant accruedTo() {
    return accruedTo;
  }

  Instant debtToldAt() {
    return debtToldAt;
  }

  /** When the books change by themselves next. */
  Optional<Instant> nextDueAt() {
    return open(AllocationOrder.PRINCIPAL_FIRST).nextDueAt();
  }
}
