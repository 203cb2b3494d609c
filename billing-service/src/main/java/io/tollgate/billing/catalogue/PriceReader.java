package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.CountedPer;
import io.tollgate.billing.rating.CounterScope;
import io.tollgate.billing.rating.MeterPrice;
import io.tollgate.billing.rating.PriceModel;
import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.Tier;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Money;
import io.tollgate.model.Quantity;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads price versions from JSON; whatever is wrong is named by its field. */
final class PriceReader {

  private static final int MAX_TEXT = 100;

  private final CurrencyCode currency;

  private PriceReader(CurrencyCode currency) {
    this.currency = currency;
  }

  /**
   * The version that a body describes.
   *
   * @throws ProblemException 400, naming the field
   */
  static PriceVersion read(Product product, int version, PriceBody body) {
    Instant effectiveFrom = Fields.required("effectiveFrom", body.effectiveFrom());
    CurrencyCode currency = body.currency().orElse(CurrencyCode.CNY);
    PriceReader reader = new PriceReader(currency);
    Optional<Money> flatFee = body.flatFee().map(text -> reader.money("flatFee", text));
    Optional<Money> minimum = body.minimum().map(text -> reader.money("minimum", text));
    List<MeterPrice> meters = reader.meters(body.meters().orElse(List.of()));
    return checked(
        "body",
        () ->
            new PriceVersion(
                product.product(),
                version,
                effectiveFrom,
                product.cycle(),
                currency,
                flatFee,
                minimum,
                body.countedPer().orElse(CountedPer.ACCOUNT),
                meters));
  }

  private List<MeterPrice> meters(List<PriceBody.Meter> bodies) {
    List<MeterPrice> meters = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      meters.add(meter("meters[" + i + "]", bodies.get(i)));
    }
    return meters;
  }

  private MeterPrice meter(String at, PriceBody.Meter body) {
    String name = Fields.required(at + ".meter", body.meter());
    MeterKey key = checked(at + ".meter", () -> MeterKey.of(name));
    PriceModel model = model(at + ".model", Fields.required(at + ".model", body.model()));
    CounterScope scope = scope(at + ".scope", body.scope());
    CounterScope freeScope = scope(at + ".freeAllowanceScope", body.freeAllowanceScope());
    BigDecimal free =
        body.freeAllowance()
            .map(text -> decimal(at + ".freeAllowance", text))
            .orElse(BigDecimal.ZERO);
    return checked(at, () -> new MeterPrice(key, model, scope, free, freeScope));
  }

  private PriceModel model(String at, PriceBody.Model body) {
    PriceBody.ModelKind kind = Fields.required(at + ".kind", body.kind());
    refuseOthers(at, kind, body);
    return switch (kind) {
      case FLAT -> {
        Money amount = money(at + ".amount", needed(at + ".amount", body.amount()));
        yield checked(at + ".amount", () -> new PriceModel.Flat(amount));
      }
      case PER_UNIT -> {
        BigDecimal price = decimal(at + ".unitPrice", needed(at + ".unitPrice", body.unitPrice()));
        yield checked(at, () -> new PriceModel.PerUnit(price));
      }
      case GRADUATED -> {
        List<Tier> tiers = tiers(at + ".tiers", needed(at + ".tiers", body.tiers()));
        yield checked(at, () -> new PriceModel.Graduated(tiers));
      }
      case VOLUME -> {
        List<Tier> tiers = tiers(at + ".tiers", needed(at + ".tiers", body.tiers()));
        yield checked(at, () -> new PriceModel.Volume(tiers));
      }
      case BLOCKS -> {
        BigDecimal size = decimal(at + ".blockSize", needed(at + ".blockSize", body.blockSize()));
        BigDecimal price = decimal(at + ".price", needed(at + ".price", body.price()));
        yield checked(at, () -> new PriceModel.Blocks(size, price));
      }
    };
  }

  /** A field of another kind means that its author meant another price. */
  private static void refuseOthers(String at, PriceBody.ModelKind kind, PriceBody.Model body) {
    boolean tiered = kind == PriceBody.ModelKind.GRADUATED || kind == PriceBody.ModelKind.VOLUME;
    refuse(at + ".amount", kind, kind != PriceBody.ModelKind.FLAT && body.amount().isPresent());
    refuse(
        at + ".unitPrice",
        kind,
        kind != PriceBody.ModelKind.PER_UNIT && body.unitPrice().isPresent());
    refuse(at + ".tiers", kind, !tiered && body.tiers().isPresent());
    boolean blocks = kind == PriceBody.ModelKind.BLOCKS;
    refuse(at + ".blockSize", kind, !blocks && body.blockSize().isPresent());
    refuse(at + ".price", kind, !blocks && body.price().isPresent());
  }

  private static void refuse(String field, PriceBody.ModelKind kind, boolean wrong) {
    if (wrong) {
      throw ProblemException.invalid(field, "is not a field of a " + kind + " price");
    }
  }

  private static List<Tier> tiers(String at, List<PriceBody.Row> rows) {
    List<Tier> tiers = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      String place = at + "[" + i + "]";
      PriceBody.Row row = rows.get(i);
      Optional<BigDecimal> upTo = row.upTo().map(text -> decimal(place + ".upTo", text));
      BigDecimal price =
          decimal(place + ".unitPrice", Fields.required(place + ".unitPrice", row.unitPrice()));
      tiers.add(checked(place, () -> new Tier(upTo, price)));
    }
    return tiers;
  }

  private static CounterScope scope(String field, Optional<String> text) {
    return text.map(
            name ->
                switch (name) {
                  case "CYCLE" -> CounterScope.CYCLE;
                  case "MONTH_TO_DATE" -> CounterScope.MONTH_TO_DATE;
                  default ->
                      throw ProblemException.invalid(field, "must be CYCLE or MONTH_TO_DATE");
                })
        .orElse(CounterScope.CYCLE);
  }

  private Money money(String field, String text) {
    BigDecimal amount = decimal(field, text);
    try {
      return new Money(amount, currency).withinSingle(() -> field);
    } catch (ArithmeticException e) {
      throw ProblemException.invalid(
          field,
          "must have at most %d digits before the point and %d after it: %s"
              .formatted(Money.MAX_SINGLE_DIGITS, Money.SCALE, text));
    }
  }

  private static BigDecimal decimal(String field, String text) {
    try {
      BigDecimal value = text.length() > MAX_TEXT ? null : new BigDecimal(text);
      if (value != null && Quantity.withinBounds(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw notDecimal(field);
    }
    throw notDecimal(field);
  }

  private static ProblemException notDecimal(String field) {
    return ProblemException.invalid(
        field, "must be a string with a decimal of at most 24 integer and 24 fraction digits");
  }

  private static <T> T needed(String field, Optional<T> value) {
    return Fields.required(field, value.orElse(null));
  }

  static <T> T checked(String field, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(field, String.valueOf(e.getMessage()));
    }
  }
}
