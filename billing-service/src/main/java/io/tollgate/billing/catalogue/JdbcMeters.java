package io.tollgate.billing.catalogue;

import io.tollgate.billing.catalogue.MeterFit.KnownMeter;
import io.tollgate.model.MeterKey;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.MeterDefinition.Emission;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.SqlArrays;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The meters that metering has published. */
final class JdbcMeters {
  private final JdbcClient jdbc;

  JdbcMeters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Stores a version, or forgets one that is withdrawn; versions never change. */
  void save(MeterDefinition meter) {
    if (meter.withdrawal().isPresent()) {
      jdbc.sql("delete from meter where meter = :meter and version = :version")
          .param("meter", meter.meter().value())
          .param("version", meter.version())
          .update();
      return;
    }
    jdbc.sql(
            """
            insert into meter (meter, version, unit, hourly, daily, effective_from)
            values (:meter, :version, :unit, :hourly, :daily, :from)
            on conflict (meter, version) do nothing
            """)
        .param("meter", meter.meter().value())
        .param("version", meter.version())
        .param("unit", meter.unit())
        .param("hourly", meter.emits().contains(Emission.HOURLY))
        .param("daily", meter.emits().contains(Emission.DAILY))
        .param("from", Timestamp.from(meter.effectiveFrom()))
        .update();
  }

  /** The versions of meters, the earliest first; a meter that does not exist is left out. */
  Map<MeterKey, List<KnownMeter>> versions(Collection<MeterKey> meters) {
    Map<MeterKey, List<KnownMeter>> versions = new HashMap<>();
    jdbc.sql(
            """
            select meter, version, hourly, daily, effective_from from meter
             where meter = any(:meters) order by meter, version
            """)
        .param("meters", SqlArrays.texts(meters, MeterKey::value))
        .query(
            row -> {
              versions
                  .computeIfAbsent(MeterKey.of(row.getString("meter")), key -> new ArrayList<>())
                  .add(
                      new KnownMeter(
                          row.getInt("version"),
                          emits(row.getBoolean("hourly"), row.getBoolean("daily")),
                          Columns.instant(row, "effective_from")));
            });
    return versions;
  }

  private static Set<Emission> emits(boolean hourly, boolean daily) {
    Set<Emission> emits = EnumSet.noneOf(Emission.class);
    if (hourly) {
      emits.add(Emission.HOURLY);
    }
    if (daily) {
      emits.add(Emission.DAILY);
    }
    return emits;
  }
}
