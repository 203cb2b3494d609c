package io.tollgate.billing.rating;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollgate.model.Money;
import io.tollgate.model.event.WireMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How a line was rated, beyond what its columns say: what is stored with it as JSON.
 *
 * <p>Lines written before migration 1.8 repeat their columns in it, which is passed over.
 *
 * @param freeQuantity see {@link RatedLine}
 * @param counterBefore see {@link RatedLine}
 * @param counterAfter see {@link RatedLine}
 * @param priceVersion see {@link RatedLine}
 * @param splits see {@link RatedLine}
 * @param basis see {@link RatedLine}; empty where it is priced
 * @param amount see {@link RatedLine}
 */
public record Rating(
    BigDecimal freeQuantity,
    Counter counterBefore,
    Counter counterAfter,
    int priceVersion,
    List<TierSplit> splits,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<RatedLine.Basis> basis,
    Money amount) {

  /** From its JSON. */
  public static Rating of(String json) {
    return WireMapper.mapper().readValue(json, Rating.class);
  }

  /** The JSON of a line's, as {@link WireMapper} would write it: one is written for every line. */
  public static String json(RatedLine line) {
    StringBuilder out = new StringBuilder(256);
    out.append("{\"freeQuantity\":").append(line.freeQuantity().toPlainString());
    counter(out, "counterBefore", line.counterBefore());
    counter(out, "counterAfter", line.counterAfter());
    out.append(",\"priceVersion\":").append(line.priceVersion()).append(",\"splits\":[");
    for (int i = 0; i < line.splits().size(); i++) {
      TierSplit split = line.splits().get(i);
      out.append(i == 0 ? "" : ",").append("{\"quantity\":");
      out.append(split.quantity().toPlainString()).append(",\"unitPrice\":");
      out.append(split.unitPrice().toPlainString()).append(",\"amount\":");
      out.append(split.amount().toPlainString()).append('}');
    }
    out.append(']');
    if (line.basis() != RatedLine.Basis.PRICED) {
      out.append(",\"basis\":\"").append(line.basis()).append('"');
    }
    out.append(",\"amount\":{\"amount\":\"").append(line.amount().amount().toPlainString());
    out.append("\",\"currency\":\"").append(line.amount().currency()).append("\"}}");
    return out.toString();
  }

  private static void counter(StringBuilder out, String name, Counter counter) {
    out.append(",\"").append(name).append("\":{\"freeUnits\":");
    out.append(counter.freeUnits().toPlainString()).append(",\"units\":");
    out.append(counter.units().toPlainString()).append(",\"amount\":");
    out.append(counter.amount().toPlainString()).append('}');
  }
}
