package io.tollgate.billing.lowbalance;

import io.tollgate.model.Money;
import java.util.Optional;

/**
 * The low-balance notices that an account requested, and those it has received since its balance
 * last recovered.
 *
 * @param threshold the available balance below which it is told
 * @param forecastDays it is told when the balance lasts fewer days than these
 * @param thresholdTold whether it was told that it is below the threshold
 * @param forecastTold whether it was told that the balance will soon be used up
 */
record RequestedNotices(
    Optional<Money> threshold,
    Optional<Integer> forecastDays,
    boolean thresholdTold,
    boolean forecastTold) {

  boolean isEmpty() {
    return threshold.isEmpty() && forecastDays.isEmpty();
  }

  /** The same, with what was told by now. */
  RequestedNotices told(boolean belowThreshold, boolean soonUsedUp) {
    return new RequestedNotices(threshold, forecastDays, belowThreshold, soonUsedUp);
  }
}
