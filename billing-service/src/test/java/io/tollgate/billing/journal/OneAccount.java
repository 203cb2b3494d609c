package io.tollgate.billing.journal;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Checkpoint;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.PenaltyDay;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.billing.money.Replay;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** An account in memory: what the tables hold of it between two transactions. */
final class OneAccount {
  static final CurrencyCode CNY = CurrencyCode.CNY;

  private final PenaltyTerms terms;
  private final Map<BillId, Money> corrected = new HashMap<>();
  private final List<Posting> postings = new ArrayList<>();
  private final List<BookedMovement> booked = new ArrayList<>();
  private final Map<BillId, Bill> bills = new LinkedHashMap<>();
  private Balances balances = Balances.none(CNY);
  private Progress progress;
  private LastPublished published;

  private final List<PenaltyDay> penaltyDays = new ArrayList<>();
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private int timesRead;

  /** What the events have stated. */
  Money statedOwed = zero();

  Money statedPenalty = zero();

  /** What the events have told of arrears, product by product. */
  final Map<ProductId, ProductArrears> toldArrears = new HashMap<>();

  OneAccount(PenaltyTerms terms, Instant openedAt) {
    this.terms = terms;
    this.progress = new Progress(openedAt, openedAt, 1);
    this.published = new LastPublished(openedAt, List.of());
  }

  static Money zero() {
    return Money.zero(CNY);
  }

  PenaltyTerms terms() {
    return terms;
  }

  OpenAccount open(AllocationOrder order) {
    return new OpenAccount(
        new StoredAccount(
            AccountId.of("a"),
            0,
            new AccountTerms(terms, order, productsOfUnpaidBills()),
            balances,
            progress,
            published),
        new Stored());
  }

  private Map<BillId, ProductId> productsOfUnpaidBills() {
    Map<BillId, ProductId> products = new HashMap<>();
    bills.forEach(
        (id, bill) -> {
          if (isUnpaid(id)) {
            products.put(id, bill.product());
          }
        });
    return products;
  }

  private boolean isUnpaid(BillId bill) {
    return balances.pots().keySet().stream()
        .anyMatch(pot -> pot.concerns().filter(bill::equals).isPresent());
  }

  /** Which product a bill is for. */
  ProductId productOf(BillId bill) {
    return Objects.requireNonNull(bills.get(bill)).product();
  }

  /** Stores what was booked, and hears what is told. */
  void store(OpenAccount account) {
    Entries entries = account.entries();
    booked.addAll(entries.movements());
    postings.addAll(entries.postings());
    entries.bills().forEach(bill -> bills.put(bill.id(), bill));
    entries
        .resettled()
        .ifPresent(
            resettled -> {
              penaltyDays.removeIf(day -> !day.day().isBefore(resettled.firstDay()));
              checkpoints.removeIf(each -> each.sequence() > resettled.from().sequence());
            });
    penaltyDays.addAll(entries.penaltyDays());
    checkpoints.addAll(account.checkpoints());
    entries.takenOff().forEach((bill, amount) -> corrected.merge(bill, amount, Money::plus));
    balances = account.balances();
    progress = account.progress();
    published = new LastPublished(account.debtPublishedTo(), account.publishedArrears().all());
    account.events().forEach(this::hear);
  }

  private void hear(BillingEvent event) {
    if (event instanceof BillingEvent.DebtStated stated) {
      statedOwed = stated.owed();
      statedPenalty = stated.penalty();
    } else if (event instanceof BillingEvent.PenaltyAccrued accrued) {
      statedPenalty = accrued.unpaid();
    } else if (event instanceof BillingEvent.ArrearsBegan e) {
      toldArrears.put(
          e.product(), new ProductArrears(e.product(), e.earliestBill(), e.earliestDueAt()));
    } else if (event instanceof BillingEvent.ArrearsRetimed e) {
      toldArrears.put(
          e.product(), new ProductArrears(e.product(), e.earliestBill(), e.earliestDueAt()));
    } else if (event instanceof BillingEvent.ArrearsCleared e) {
      toldArrears.remove(e.product());
    }
  }

  /** The bills that something can still be taken off. */
  List<Bill> correctable() {
    return bills.values().stream()
        .filter(bill -> bill.kind() == Bill.Kind.CYCLE && left(bill).isPositive())
        .toList();
  }

  private Money left(Bill bill) {
    return bill.amount().minus(corrected.getOrDefault(bill.id(), zero()));
  }

  Past past() {
    List<Movement> counted = new ArrayList<>();
    Map<Cause, Origin> origins = new HashMap<>();
    for (BookedMovement each : booked) {
      Movement movement = each.movement();
      origins.put(movement.cause(), new Origin(each.rule(), movement.valueTime()));
      counted.add(
          movement instanceof Movement.Charge charge
              ? charge.less(corrected.getOrDefault(charge.bill(), zero()))
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
    List<Past.Charged> charged =
        bills.values().stream()
            .filter(bill -> bill.kind() != Bill.Kind.CORRECTION)
            .map(
                bill ->
                    new Past.Charged(
                        bill.id(),
                        bill.kind(),
                        bill.product(),
                        bill.period().start(),
                        bill.bookedAt(),
                        left(bill)))
            .toList();
    return new Past(Checkpoint.beginning(CNY), counted, sums, origins, charged);
  }

  List<Checkpoint> checkpoints() {
    return checkpoints;
  }

  /**
   * Its history, read as from the tables: from a checkpoint on, and no more than {@link JdbcPast}.
   */
  private final class Stored implements Pasts {
    @Override
    public int checkpointEvery() {
      return 7;
    }

    @Override
    public Past of(AccountId account, CurrencyCode currency, Reach reach) {
      timesRead++;
      Past whole = past();
      Set<Cause> corrected = new HashSet<>();
      for (Bill correction : reach.corrected()) {
        whole.bills().stream()
            .filter(bill -> bill.product().equals(correction.product()))
            .filter(bill -> bill.periodStart().equals(correction.period().start()))
            .forEach(bill -> corrected.add(Cause.bill(bill.bill())));
      }
      long before =
          whole.movements().stream()
              .filter(movement -> corrected.contains(movement.cause()))
              .mapToLong(Movement::sequence)
              .min()
              .orElse(Long.MAX_VALUE);
      return checkpoints.stream()
          .filter(each -> each.sequence() < Math.min(before, reach.before()))
          .filter(each -> !each.valueTime().isAfter(reach.from()))
          .filter(each -> !each.accruedTo().isAfter(reach.from()))
          .max(Comparator.comparingLong(Checkpoint::sequence))
          .map(from -> after(whole, from))
          .orElse(whole);
    }

    private Past after(Past whole, Checkpoint from) {
      LocalDate firstDay = terms.calendar().dateOf(from.accruedTo());
      Set<Cause> causes = new HashSet<>();
      List<Movement> movements =
          whole.movements().stream()
              .filter(movement -> movement.sequence() > from.sequence())
              .toList();
      movements.forEach(movement -> causes.add(movement.cause()));
      Map<Cause, Map<Past.Part, Money>> sums = new LinkedHashMap<>(whole.booked());
      sums.keySet().retainAll(causes);
      for (PenaltyDay day : penaltyDays) {
        if (!day.day().isBefore(firstDay)) {
          Leg leg = Replay.legOf(day);
          sums.put(day.cause(), Map.of(new Past.Part(leg.subAccount(), leg.bill()), leg.amount()));
          causes.add(day.cause());
        }
      }
      Map<Cause, Origin> origins = new HashMap<>(whole.origins());
      origins.keySet().retainAll(causes);
      Set<BillId> named = PastDraft.named(from, movements);
      List<Past.Charged> charged =
          whole.bills().stream().filter(bill -> named.contains(bill.bill())).toList();
      return new Past(from, movements, sums, origins, charged);
    }
  }

  /** A bill for product vm. */
  static Bill.Draft bill(String id, Money amount, Instant at, Duration term) {
    return bill(id, ProductId.of("vm"), amount, at, term);
  }

  static Bill.Draft bill(String id, ProductId product, Money amount, Instant at, Duration term) {
    return new Bill.Draft(
        BillId.of(id),
        Bill.Kind.CYCLE,
        product,
        BillingCycle.HOUR,
        new Window(at.minusSeconds(3600), at),
        amount,
        term,
        Optional.empty());
  }

  /** Takes an amount off a bill, and what exceeds it off nothing. */
  static Bill.Draft correction(String id, Bill bill, Money amount) {
    return new Bill.Draft(
        BillId.of(id),
        Bill.Kind.CORRECTION,
        bill.product(),
        bill.cycle(),
        bill.period(),
        amount.negated(),
        Duration.ZERO,
        Optional.of(bill.id()));
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

  /** How often the history was read to recompute the account. */
  int timesRead() {
    return timesRead;
  }

  Balances balances() {
    return balances;
  }

  Instant accruedTo() {
    return progress.accruedTo();
  }

  Instant debtPublishedTo() {
    return published.debtUpTo();
  }

  /** When the books change by themselves next. */
  Optional<Instant> nextDueAt() {
    return open(AllocationOrder.PRINCIPAL_FIRST).nextDueAt();
  }
}
