package io.tollgate.billing.rating;

import io.tollgate.model.MeterKey;
import java.math.BigDecimal;

/**
 * What a meter's usage costs.
 *
 * @param meter the meter
 * @param model how a quantity is priced
 * @param scope what the model's counter counts over
 * @param freeAllowance units that cost nothing, taken first; 0 when there are none
 * @param freeAllowanceScope how long the allowance lasts; says nothing when there is none
 */
public record MeterPrice(
    MeterKey meter,
    PriceModel model,
    CounterScope scope,
    BigDecimal freeAllowance,
    CounterScope freeAllowanceScope) {

  public MeterPrice {
    freeAllowance = Decimals.notNegative("freeAllowance", freeAllowance);
    if (model instanceof PriceModel.Flat && scope != CounterScope.CYCLE) {
      throw new IllegalArgumentException("scope must be CYCLE: a flat amount is one of a cycle");
    }
  }

  /** A price without free units. */
  public static MeterPrice of(MeterKey meter, PriceModel model, CounterScope scope) {
    return new MeterPrice(meter, model, scope, BigDecimal.ZERO, CounterScope.CYCLE);
  }
}
