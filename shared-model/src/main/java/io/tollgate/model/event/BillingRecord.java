package io.tollgate.model.event;

import java.util.HashMap;
import java.util.Map;

/** All records on {@code billing.events}: events of accounts, and watermarks. */
public sealed interface BillingRecord permits BillingEvent, BillingWatermark {

  /**
   * The codec of the whole topic. Who needs events only reads by {@link BillingEvent#CODEC}, which
   * passes watermarks over.
   */
  EventCodec<BillingRecord> CODEC = EventCodec.of(types());

  private static Map<String, Class<? extends BillingRecord>> types() {
    Map<String, Class<? extends BillingRecord>> types = new HashMap<>(BillingEvent.TYPES);
    types.put("tollgate.billing.watermark.v1", BillingWatermark.class);
    return types;
  }
}
