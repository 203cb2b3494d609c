package io.tollgate.billing.usage;

import static io.tollgate.store.jdbc.SqlArrays.texts;

import io.tollgate.billing.usage.TouchedCycles.Touched;
import io.tollgate.model.Granularity;
import io.tollgate.store.setaside.SetAside;
import io.tollgate.store.setaside.Subject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Opens the cycles in which stored usage is billed; if a cycle is billed already, its month is to
 * be rated again.
 *
 * <p>Both storing usage and billing lock the cycle's row, so that usage is either in the bill or
 * recognized as late.
 */
@Repository
class JdbcCycleOpening {
  private static final String OPEN =
      """
      insert into billing_cycle (account_id, product_id, cycle_start, cycle_end, month_start,
                                 output_partition, granularity, touched_at, windows)
      select account_id, product_id, cycle_start, cycle_end, month_start, :output, :granularity,
             tick, windows
        from unnest(:accounts::text[], :products::text[], :starts::text[]::timestamptz[],
                    :ends::text[]::timestamptz[], :months::text[]::timestamptz[],
                    :ticks::text[]::timestamptz[],
                    :windows::text[]::bigint[])
             as k (account_id, product_id, cycle_start, cycle_end, month_start, tick, windows)
      on conflict (account_id, product_id, cycle_start)
      do update set touched_at = greatest(billing_cycle.touched_at, excluded.touched_at),
                    windows = billing_cycle.windows + excluded.windows
      returning account_id, product_id, cycle_start, billed
      """;

  private final JdbcClient jdbc;
  private final LateMonths late;
  private final SetAside setAside;

  JdbcCycleOpening(JdbcClient jdbc, LateMonths late, SetAside setAside) {
    this.jdbc = jdbc;
    this.late = late;
    this.setAside = setAside;
  }

  /** Opens cycles, all of one output partition and granularity. */
  void open(List<Touched> cycles, int output, Granularity granularity) {
    if (cycles.isEmpty()) {
      return;
    }
    Map<CycleKey, Touched> byKey = new HashMap<>();
    cycles.forEach(each -> byKey.put(each.key(), each));
    jdbc.sql(OPEN)
        .param("accounts", texts(cycles, each -> each.key().account()))
        .param("products", texts(cycles, each -> each.key().product()))
        .param("starts", texts(cycles, each -> each.key().start()))
        .param("ends", texts(cycles, each -> each.cycle().end()))
        .param("months", texts(cycles, each -> each.month().start()))
        .param("output", output)
        .param("granularity", granularity.name())
        .param("ticks", texts(cycles, Touched::tick))
        .param("windows", texts(cycles, Touched::windows))
        .query(
            row -> {
              if (row.getBoolean("billed")) {
                Touched billed =
                    Objects.requireNonNull(byKey.get(CycleKey.read(row, "cycle_start")));
                late.usageChanged(billed.month(), billed.sent(), output, granularity);
              }
            });
    setAside.changedParts(subjects(cycles));
  }

  /** What the cycles and their months are set aside as, if they are. */
  private static Set<Subject> subjects(List<Touched> cycles) {
    Set<Subject> subjects = new HashSet<>();
    for (Touched each : cycles) {
      subjects.add(each.key().subject());
      subjects.add(each.month().subject());
    }
    return subjects;
  }
}
