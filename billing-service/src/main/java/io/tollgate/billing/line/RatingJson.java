package io.tollgate.billing.line;

import io.tollgate.billing.rating.Counter;
import io.tollgate.billing.rating.LineLeg;
import io.tollgate.billing.rating.Rating;
import io.tollgate.model.Money;
import io.tollgate.model.event.WireMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The JSON in which a row stores how its line was rated. All legs have the same fields, so that SQL
 * can sum them without knowing their kinds.
 */
public final class RatingJson {
  private static final int CHARS = 256;

  private RatingJson() {}

  /** The stored fields; a basis only if the line is not priced. */
  private record Stored(
      Counter counterBefore,
      Counter counterAfter,
      int priceVersion,
      List<StoredLeg> legs,
      Optional<Rating.Basis> basis,
      Money amount) {}

  private record StoredLeg(
      LineLeg.Kind kind, BigDecimal quantity, Optional<BigDecimal> unitPrice, BigDecimal amount) {
    LineLeg leg() {
      return LineLeg.of(kind, quantity, unitPrice, amount);
    }
  }

  /** From its JSON. */
  public static Rating read(String json) {
    Stored stored = WireMapper.mapper().readValue(json, Stored.class);
    return new Rating(
        stored.counterBefore(),
        stored.counterAfter(),
        stored.priceVersion(),
        stored.legs().stream().map(StoredLeg::leg).toList(),
        stored.basis().orElse(Rating.Basis.PRICED),
        stored.amount());
  }

  /** As JSON, written without a tree: one is written for every line. Names need no escapes. */
  public static String write(Rating rating) {
    StringBuilder out = new StringBuilder(CHARS);
    counter(out.append("{\"counterBefore\":"), rating.counterBefore());
    counter(out.append(",\"counterAfter\":"), rating.counterAfter());
    out.append(",\"priceVersion\":").append(rating.priceVersion()).append(",\"legs\":[");
    for (int i = 0; i < rating.legs().size(); i++) {
      leg(i == 0 ? out : out.append(','), rating.legs().get(i));
    }
    out.append(']');
    if (rating.basis() != Rating.Basis.PRICED) {
      out.append(",\"basis\":\"").append(rating.basis()).append('"');
    }
    out.append(",\"amount\":{\"amount\":\"").append(rating.amount().amount().toPlainString());
    out.append("\",\"currency\":\"").append(rating.amount().currency()).append("\"}}");
    return out.toString();
  }

  private static void leg(StringBuilder out, LineLeg leg) {
    out.append("{\"kind\":\"").append(leg.kind());
    out.append("\",\"quantity\":").append(leg.quantity().toPlainString());
    leg.unitPrice().ifPresent(price -> out.append(",\"unitPrice\":").append(price.toPlainString()));
    out.append(",\"amount\":").append(leg.amount().toPlainString()).append('}');
  }

  private static void counter(StringBuilder out, Counter counter) {
    out.append("{\"freeUnits\":").append(counter.freeUnits().toPlainString());
    out.append(",\"units\":").append(counter.units().toPlainString());
    out.append(",\"amount\":").append(counter.amount().toPlainString()).append('}');
  }
}
