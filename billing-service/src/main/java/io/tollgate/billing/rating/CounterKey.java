package io.tollgate.billing.rating;

import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import java.util.Optional;

/**
 * The key of a counter within an account's product; all dimensions of a meter share it.
 *
 * @param instance the instance whose units it counts; empty when it counts those of all instances
 * @param meter the meter
 */
public record CounterKey(Optional<InstanceId> instance, MeterKey meter) {

  /** The counter of all the account's instances of the product. */
  public static CounterKey ofAccount(MeterKey meter) {
    return new CounterKey(Optional.empty(), meter);
  }

  /** The counter of one instance. */
  public static CounterKey ofInstance(InstanceId instance, MeterKey meter) {
    return new CounterKey(Optional.of(instance), meter);
  }
}
