package io.tollgate.billing.charging;

import io.tollgate.billing.rating.Rating;
import io.tollgate.model.MeterKey;
import java.util.List;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Notes which meters are used that the price in force does not name: what is meant to be included
 * has a price of 0, so an operator has to look.
 */
@Repository
class JdbcUnpricedMeters {
  private static final String NOTE =
      """
      insert into unpriced_meter as u (product_id, version, meter, lines)
      select * from unnest(:products::text[], :versions::text[]::int[], :meters::text[],
                           :lines::text[]::bigint[])
      on conflict (product_id, version, meter) do update set lines = u.lines + excluded.lines
      """;

  private final JdbcClient jdbc;

  JdbcUnpricedMeters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Unpriced(String product, int version, String meter)
      implements Comparable<Unpriced> {
    @Override
    public int compareTo(Unpriced other) {
      int order = product.compareTo(other.product);
      order = order != 0 ? order : Integer.compare(version, other.version);
      return order != 0 ? order : meter.compareTo(other.meter);
    }
  }

  /** Counts the lines that no price covers, in the order in which rows are locked. */
  void note(List<ChargeLine> lines) {
    TreeMap<Unpriced, Long> counts = new TreeMap<>();
    for (ChargeLine line : lines) {
      if (line.rated().rating().basis() == Rating.Basis.UNPRICED
          && line.rated().quantity().signum() > 0) {
        counts.merge(
            new Unpriced(
                line.cycle().product().value(),
                line.rated().rating().priceVersion(),
                line.rated().meter().map(MeterKey::value).orElse("")),
            1L,
            Long::sum);
      }
    }
    if (counts.isEmpty()) {
      return;
    }
    List<Unpriced> keys = List.copyOf(counts.keySet());
    jdbc.sql(NOTE)
        .param("products", keys.stream().map(Unpriced::product).toArray(String[]::new))
        .param(
            "versions",
            keys.stream().map(each -> Integer.toString(each.version())).toArray(String[]::new))
        .param("meters", keys.stream().map(Unpriced::meter).toArray(String[]::new))
        .param("lines", counts.values().stream().map(Object::toString).toArray(String[]::new))
        .update();
  }
}
