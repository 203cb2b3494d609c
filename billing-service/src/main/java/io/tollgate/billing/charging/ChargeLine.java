package io.tollgate.billing.charging;

import io.tollgate.billing.rating.RatedLine;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.billing.usage.Dimensions;
import io.tollgate.model.BillId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Money;

/**
 * A line of a bill.
 *
 * @param bill the bill
 * @param number its place on the bill, from 1
 * @param cycle the cycle it charges
 * @param rated the line as rated
 * @param amount what this bill charges for it: all of it, or what a correction adds
 */
record ChargeLine(BillId bill, int number, CycleKey cycle, RatedLine rated, Money amount) {

  /** The key of a line within its cycle. */
  record Key(String kind, String instance, String meter, String dimensions, String windowStart) {
    static Key of(RatedLine line) {
      return new Key(
          line.kind().name(),
          line.instance().map(InstanceId::value).orElse(""),
          line.meter().map(MeterKey::value).orElse(""),
          Dimensions.text(line.dimensions()),
          line.window().start().toString());
    }
  }
}
