package io.tollgate.billing.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.store.jdbc.AfterCommit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Counts what is booked, by currency: bills, lines, recharges and amounts. Amounts are what the
 * postings of each cause come to, so they agree with the ledger; a metric is not money, and double
 * precision does for it.
 */
@Component
public class MoneyMeters {

  private final MeterRegistry meters;
  private final Map<CurrencyCode, OfCurrency> currencies = new ConcurrentHashMap<>();
  private final Map<CauseKind, Counter> recharges = new EnumMap<>(CauseKind.class);

  MoneyMeters(MeterRegistry meters) {
    this.meters = meters;
    for (CauseKind kind : CauseKind.values()) {
      switch (kind) {
        case ALIPAY_RECHARGE -> recharges.put(kind, recharge("alipay", "booked"));
        case ALIPAY_REVERSAL -> recharges.put(kind, recharge("alipay", "reversed"));
        case ONLINE_BANKING_RECHARGE -> recharges.put(kind, recharge("online_banking", "booked"));
        case ONLINE_BANKING_REVERSAL -> recharges.put(kind, recharge("online_banking", "reversed"));
        case REMITTANCE_RECHARGE -> recharges.put(kind, recharge("remittance", "booked"));
        case REMITTANCE_REVERSAL -> recharges.put(kind, recharge("remittance", "reversed"));
        case BILL, PENALTY_DAY, CREDIT_LIMIT, ADJUSTMENT -> {}
      }
    }
    know(CurrencyCode.CNY);
  }

  private Counter recharge(String channel, String outcome) {
    return Counter.builder("tollgate_recharges")
        .description("Recharges booked, and those that their channel reversed")
        .tag("channel", channel)
        .tag("outcome", outcome)
        .register(meters);
  }

  /** What amounts are booked for. */
  private enum Kind {
    CHARGE,
    CREDIT,
    PENALTY,
    PENALTY_WAIVED,
    RECHARGE,
    RECHARGE_REVERSED,
    GRANT,
    GRANT_WITHDRAWN
  }

  /** The meters of one currency. */
  private static final class OfCurrency {
    private final Counter bills;
    private final Counter lines;
    private final Map<Kind, Counter> amounts = new EnumMap<>(Kind.class);

    OfCurrency(MeterRegistry meters, CurrencyCode currency) {
      this.bills =
          Counter.builder("tollgate_bills")
              .description("Bills booked, corrections included")
              .tag("currency", currency.value())
              .register(meters);
      this.lines =
          Counter.builder("tollgate_charge_lines")
              .description("Lines of bills booked")
              .tag("currency", currency.value())
              .register(meters);
      for (Kind kind : Kind.values()) {
        amounts.put(
            kind,
            Counter.builder("tollgate_booked_amount")
                .description("Amounts booked, in units of the currency; never negative")
                .tag("currency", currency.value())
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(meters));
      }
    }

    void add(Booked booked) {
      bills.increment(booked.bills);
      booked.amounts.forEach(
          (kind, amount) -> {
            Counter counter = amounts.get(kind);
            if (counter != null) {
              counter.increment(amount);
            }
          });
    }
  }

  /** What a transaction booked in one currency. */
  private static final class Booked {
    private int bills;
    private final Map<Kind, Double> amounts = new EnumMap<>(Kind.class);
  }

  /** Counters of a currency exist from when an account has it. */
  public void know(CurrencyCode currency) {
    var unused = of(currency);
  }

  private OfCurrency of(CurrencyCode currency) {
    return currencies.computeIfAbsent(currency, missing -> new OfCurrency(meters, missing));
  }

  /** Counts what is booked on accounts once the running transaction has committed. */
  void booked(Collection<OpenAccount> accounts) {
    Map<CurrencyCode, Booked> booked = new HashMap<>();
    Map<CauseKind, Integer> received = new EnumMap<>(CauseKind.class);
    for (OpenAccount account : accounts) {
      Entries entries = account.entries();
      Booked here = booked.computeIfAbsent(account.currency(), missing -> new Booked());
      here.bills += entries.bills().size();
      addAmounts(entries.postings(), here);
      for (BookedMovement each : entries.movements()) {
        received.merge(each.movement().cause().kind(), 1, Integer::sum);
      }
    }
    AfterCommit.run(
        () -> {
          booked.forEach((currency, amounts) -> of(currency).add(amounts));
          received.forEach(
              (kind, count) -> {
                Counter counter = recharges.get(kind);
                if (counter != null) {
                  counter.increment(count);
                }
              });
        });
  }

  /** Counts lines once the running transaction has committed. */
  public void lines(List<Money> amounts) {
    if (amounts.isEmpty()) {
      return;
    }
    Map<CurrencyCode, Integer> lines = new HashMap<>();
    amounts.forEach(amount -> lines.merge(amount.currency(), 1, Integer::sum));
    AfterCommit.run(() -> lines.forEach((currency, count) -> of(currency).lines.increment(count)));
  }

  /** What moves between parts of an account is nothing to its cause. */
  private static void addAmounts(List<Posting> postings, Booked booked) {
    Map<Cause, Money> byCause = new HashMap<>();
    for (Posting posting : postings) {
      byCause.merge(posting.cause(), posting.leg().amount(), Money::plus);
    }
    byCause.forEach(
        (cause, amount) -> {
          if (!amount.isZero()) {
            double value = amount.amount().abs().doubleValue();
            kindOf(cause.kind(), amount.isNegative())
                .forEach(kind -> booked.amounts.merge(kind, value, Double::sum));
          }
        });
  }

  /** Empty for a limit, which draws credit and brings no money. */
  private static List<Kind> kindOf(CauseKind cause, boolean againstCustomer) {
    return switch (cause) {
      case BILL -> List.of(againstCustomer ? Kind.CHARGE : Kind.CREDIT);
      case PENALTY_DAY -> List.of(againstCustomer ? Kind.PENALTY : Kind.PENALTY_WAIVED);
      case ALIPAY_RECHARGE,
          ONLINE_BANKING_RECHARGE,
          REMITTANCE_RECHARGE,
          ALIPAY_REVERSAL,
          ONLINE_BANKING_REVERSAL,
          REMITTANCE_REVERSAL ->
          List.of(againstCustomer ? Kind.RECHARGE_REVERSED : Kind.RECHARGE);
      case ADJUSTMENT -> List.of(againstCustomer ? Kind.GRANT_WITHDRAWN : Kind.GRANT);
      case CREDIT_LIMIT -> List.of();
    };
  }
}
