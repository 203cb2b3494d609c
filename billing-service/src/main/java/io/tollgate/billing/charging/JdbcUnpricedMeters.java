package io.tollgate.billing.charging;

import io.tollgate.billing.rating.Rating;
import io.tollgate.model.MeterKey;
import io.tollgate.store.jdbc.SqlArrays;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Records which meters are in use but not named by the price in force: usage that is meant to be
 * included has a price of 0, so an operator has to check.
 */
@Repository
class JdbcUnpricedMeters {
  /** What is noted already is not locked: batches of all accounts come by here. */
  private static final String NOTE =
      """
      insert into unpriced_meter (product_id, version, meter)
      select * from unnest(:products::text[], :versions::text[]::int[], :meters::text[])
      on conflict (product_id, version, meter) do nothing
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

  /** Notes the meters that no price covers, in the order in which new rows are locked. */
  void note(List<ChargeLine> lines) {
    TreeSet<Unpriced> meters = new TreeSet<>();
    for (ChargeLine line : lines) {
      if (line.rated().rating().basis() == Rating.Basis.UNPRICED
          && line.rated().quantity().signum() > 0) {
        meters.add(
            new Unpriced(
                line.cycle().product().value(),
                line.rated().rating().priceVersion(),
                line.rated().meter().map(MeterKey::value).orElse("")));
      }
    }
    if (meters.isEmpty()) {
      return;
    }
    jdbc.sql(NOTE)
        .param("products", SqlArrays.texts(meters, Unpriced::product))
        .param("versions", SqlArrays.texts(meters, each -> Integer.toString(each.version())))
        .param("meters", SqlArrays.texts(meters, Unpriced::meter))
        .update();
  }
}
