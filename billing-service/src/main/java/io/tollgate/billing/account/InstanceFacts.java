package io.tollgate.billing.account;

import static io.tollgate.model.Instants.earlier;

import io.tollgate.model.ProductId;
import io.tollgate.model.event.InstanceRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * What bills depend on of an instance. Its record is published again for much else, as a
 * suspension.
 *
 * @param ended when it was released, if it was
 */
record InstanceFacts(
    ProductId product,
    InstanceRecord.BillingMode mode,
    Instant registered,
    Optional<Instant> ended) {

  static InstanceFacts of(InstanceRecord instance) {
    return new InstanceFacts(
        instance.product(), instance.mode(), instance.registeredAt(), instance.endedAt());
  }

  /** The first instant for which these say something else than those before; empty if none. */
  Optional<Instant> differSince(InstanceFacts before) {
    if (equals(before)) {
      return Optional.empty();
    }
    boolean onlyEnd =
        product.equals(before.product)
            && mode == before.mode
            && registered.equals(before.registered);
    return Optional.of(
        onlyEnd
            ? earlier(ended.orElse(Instant.MAX), before.ended.orElse(Instant.MAX))
            : earlier(registered, before.registered));
  }
}
