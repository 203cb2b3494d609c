package io.tollgate.billing.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import java.util.Optional;

/** A price version as it is shown, to operators and to whoever asks why something was charged. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PriceView(
    ProductId product, int version, BillingCycle cycle, @JsonUnwrapped PriceBody price) {

  /** What is shown of a version. */
  public static PriceView of(PriceVersion version) {
    return of(version, Optional.empty());
  }

  /** The same with the notice that announced it. */
  static PriceView of(PriceVersion version, Optional<NoticeId> notice) {
    return new PriceView(
        version.product(), version.version(), version.cycle(), PriceWriter.body(version, notice));
  }
}
