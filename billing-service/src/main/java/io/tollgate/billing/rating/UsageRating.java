package io.tollgate.billing.rating;

import io.tollgate.billing.rating.RatedLine.Kind;
import io.tollgate.billing.rating.Rating.Basis;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Money;
import io.tollgate.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rates the usage of one cycle, counter by counter, and collects the lines. Used once.
 *
 * <p>Version and price are looked up when they change, not for every line.
 */
final class UsageRating {

  /** Reduces an amount of a whole cycle to its charged part. */
  interface Share {
    Money of(Money whole, Window cycle, List<Window> charged);
  }

  private final CycleInput input;
  private final Share share;
  private final CurrencyCode currency;
  private final boolean perInstance;
  private final Map<CounterKey, Counter> counters;
  private final Map<InstanceId, BigDecimal> priced = new HashMap<>();
  private final List<RatedLine> lines;
  private BigDecimal total = BigDecimal.ZERO;

  UsageRating(CycleInput input, Share share) {
    this.input = input;
    this.share = share;
    this.currency = input.prices().currency();
    this.perInstance = input.countedPer() == CountedPer.INSTANCE;
    this.counters = input.mutableCounters();
    this.lines = new ArrayList<>(input.usage().size() + 2 * input.inService().size());
  }

  void run() {
    List<RatedUsage> usage = input.usage();
    int from = 0;
    while (from < usage.size()) {
      RatedUsage first = usage.get(from);
      Series series = new Series(first);
      int to = from;
      while (to < usage.size() && series.holds(usage.get(to))) {
        series.rate(usage.get(to++));
      }
      series.close();
      from = to;
    }
  }

  /** The version in force at an instant. */
  PriceVersion versionAt(Instant instant) {
    return input
        .prices()
        .at(instant)
        .orElseThrow(() -> new UnpricedUsageException(input.prices().last().product(), instant));
  }

  /** Sum of the lines of an instance so far. */
  Money pricedOf(InstanceId instance) {
    return new Money(priced.getOrDefault(instance, BigDecimal.ZERO), currency);
  }

  /** Sum of all lines so far. */
  Money pricedOfAll() {
    return new Money(total, currency);
  }

  void add(RatedLine line) {
    lines.add(line);
    count(line.instance(), line.amount().amount());
  }

  RatedCycle result() {
    return new RatedCycle(lines, new Money(total, currency), counters);
  }

  private void count(Optional<InstanceId> instance, BigDecimal amount) {
    instance.ifPresent(of -> priced.merge(of, amount, BigDecimal::add));
    total = total.add(amount);
  }

  /** The lines of one counter. */
  private final class Series {

    private final CounterKey key;
    private final Optional<MeterKey> meter;
    private Counter month;
    private Counter cycle = Counter.ZERO;
    private @Nullable PriceVersion version;
    private @Nullable MeterPrice price;
    private Instant versionEnd = Instant.MIN;
    private BigDecimal sum = BigDecimal.ZERO;

    Series(RatedUsage first) {
      this.key =
          perInstance
              ? CounterKey.ofInstance(first.instance(), first.meter())
              : CounterKey.ofAccount(first.meter());
      this.meter = Optional.of(first.meter());
      this.month = counters.getOrDefault(key, Counter.ZERO);
    }

    boolean holds(RatedUsage usage) {
      return key.meter().equals(usage.meter())
          && (key.instance().isEmpty() || key.instance().get().equals(usage.instance()));
    }

    void rate(RatedUsage usage) {
      PriceVersion inForce = turnTo(usage.window().start());
      if (input.suspensions().frees(usage)) {
        free(usage, inForce, Basis.SUSPENDED);
      } else if (price == null) {
        free(usage, inForce, Basis.UNPRICED);
      } else {
        priced(usage, inForce, price);
      }
    }

    /** A line of nothing, which leaves the counter where it is. */
    private void free(RatedUsage usage, PriceVersion inForce, Basis basis) {
      add(usage, Rating.ofNothing(month, inForce.version(), basis, Money.zero(currency)));
    }

    private void priced(RatedUsage usage, PriceVersion inForce, MeterPrice rate) {
      Counter before = seen(rate);
      BigDecimal free = freeOf(rate, before, usage.quantity());
      BigDecimal units = free.signum() == 0 ? usage.quantity() : usage.quantity().subtract(free);
      List<LineLeg.PriceTier> tiers = rate.model().legs(before.units(), before.units().add(units));
      BigDecimal exact = LineLeg.sum(tiers);
      month = month.plus(free, units, exact);
      cycle = cycle.plus(free, units, exact);
      Counter after = seen(rate);
      Money amount =
          Money.rounded(after.amount(), currency).minus(Money.rounded(before.amount(), currency));
      sum = sum.add(amount.amount());
      List<LineLeg> legs = inOrder(free, tiers);
      add(usage, new Rating(before, after, inForce.version(), legs, Basis.PRICED, amount));
    }

    private void add(RatedUsage usage, Rating rating) {
      lines.add(
          new RatedLine(
              Kind.USAGE,
              Optional.of(usage.instance()),
              meter,
              usage.dimensions(),
              usage.window(),
              usage.revision(),
              usage.quantity(),
              rating));
    }

    void close() {
      counters.put(key, month);
      count(key.instance(), sum);
    }

    /**
     * The counter as a price looks at it: free units in the scope of the allowance, all else in
     * that of the price. Without an allowance free units of earlier versions are shown in the
     * price's scope too, as the rest of that counter.
     */
    private Counter seen(MeterPrice rate) {
      if (rate.scope() == rate.freeAllowanceScope() || rate.freeAllowance().signum() == 0) {
        return of(rate.scope());
      }
      Counter tiers = of(rate.scope());
      return new Counter(of(rate.freeAllowanceScope()).freeUnits(), tiers.units(), tiers.amount());
    }

    private Counter of(CounterScope scope) {
      return switch (scope) {
        case CYCLE -> cycle;
        case MONTH_TO_DATE -> month;
      };
    }

    /** Windows come in time order, so the version only ever goes forward. */
    private PriceVersion turnTo(Instant start) {
      PriceVersion current = version;
      if (current != null && start.isBefore(versionEnd)) {
        return current;
      }
      PriceVersion next = versionAt(start);
      version = next;
      versionEnd = input.prices().endOf(next);
      price = next.priceOf(key.meter()).map(this::forPart).orElse(null);
      return next;
    }

    private List<Window> chargedPart() {
      return key.instance().map(input::charged).orElseGet(input::chargedOfAny);
    }

    /** A flat amount is one of a whole cycle. */
    private MeterPrice forPart(MeterPrice whole) {
      if (!(whole.model() instanceof PriceModel.Flat flat)) {
        return whole;
      }
      Money part = share.of(flat.amount(), input.cycle(), chargedPart());
      return new MeterPrice(
          whole.meter(),
          new PriceModel.Flat(part),
          whole.scope(),
          whole.freeAllowance(),
          whole.freeAllowanceScope());
    }
  }

  private static BigDecimal freeOf(MeterPrice rate, Counter before, BigDecimal quantity) {
    if (rate.freeAllowance().signum() == 0) {
      return BigDecimal.ZERO;
    }
    return rate.freeAllowance().subtract(before.freeUnits()).max(BigDecimal.ZERO).min(quantity);
  }

  /** The order of deduction: the allowance, then the price on what is left (C2.3.2). */
  private static List<LineLeg> inOrder(BigDecimal free, List<LineLeg.PriceTier> tiers) {
    if (free.signum() == 0) {
      return List.copyOf(tiers);
    }
    List<LineLeg> legs = new ArrayList<>(1 + tiers.size());
    legs.add(new LineLeg.Allowance(free));
    legs.addAll(tiers);
    return legs;
  }
}
