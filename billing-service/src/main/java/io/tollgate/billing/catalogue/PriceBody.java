package io.tollgate.billing.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollgate.billing.rating.CountedPer;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.NoticeId;
import io.tollgate.support.web.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A price version as JSON: what is posted, what is stored for ever, and what is answered. Amounts
 * and quantities are texts.
 *
 * @param effectiveFrom when it starts
 * @param currency currency of its amounts; CNY when absent
 * @param flatFee fee of a cycle, per instance
 * @param minimum what a cycle costs at least, {@code countedPer}
 * @param countedPer whether tiers, allowances and the minimum count for all of an account's
 *     instances together or for each one; ACCOUNT when absent
 * @param meters prices of usage
 * @param notice the notice that announced that something free becomes chargeable
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record PriceBody(
    @Nullable Instant effectiveFrom,
    Optional<CurrencyCode> currency,
    Optional<String> flatFee,
    Optional<String> minimum,
    Optional<CountedPer> countedPer,
    Optional<List<Meter>> meters,
    Optional<NoticeId> notice) {

  PriceBody {
    meters.ifPresent(list -> Fields.noneMissing("meters", list));
  }

  /** Price of a meter's usage. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Meter(
      @Nullable String meter,
      @Nullable Model model,
      Optional<String> scope,
      Optional<String> freeAllowance,
      Optional<String> freeAllowanceScope) {}

  /** How a quantity is priced: a kind and the fields of that kind. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Model(
      @Nullable ModelKind kind,
      Optional<String> amount,
      Optional<String> unitPrice,
      Optional<List<Row>> tiers,
      Optional<String> blockSize,
      Optional<String> price) {
    Model {
      tiers.ifPresent(list -> Fields.noneMissing("tiers", list));
    }
  }

  /** A tier; the last one has no {@code upTo}. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Row(Optional<String> upTo, @Nullable String unitPrice) {}

  /** Kinds of prices. */
  enum ModelKind {
    FLAT,
    PER_UNIT,
    GRADUATED,
    VOLUME,
    BLOCKS
  }
}
