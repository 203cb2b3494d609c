package io.tollgate.billing.rating;

import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;

/**
 * Which counter: one for each instance and meter of an account's product; a meter's dimensions
 * share it.
 *
 * @param instance the instance
 * @param meter the meter
 */
public record CounterKey(InstanceId instance, MeterKey meter) {}
