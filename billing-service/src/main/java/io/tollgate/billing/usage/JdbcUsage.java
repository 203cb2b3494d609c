package io.tollgate.billing.usage;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.Granularity;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.SetAside;
import io.tollgate.store.setaside.Subject;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores usage and opens the cycles in which it is billed.
 *
 * <p>Both storing usage and billing lock the cycle's row, so that usage is either in the bill or
 * recognized as late.
 */
@Repository
class JdbcUsage {
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
      returning account_id, product_id, cycle_start, month_start, billed
      """;
  private static final String LATE =
      """
      insert into late_usage (account_id, product_id, month_start, aggregation_partition,
                              output_partition, granularity, tick, generation)
      select :account, :product, :month, s.aggregation_partition, :output, :granularity, s.tick,
             s.generation
        from unnest(:partitions::text[]::int[], :ticks::text[]::timestamptz[],
                    :generations::text[]) as s (aggregation_partition, tick, generation)
      on conflict (account_id, product_id, month_start, aggregation_partition)
      do update set tick = excluded.tick, generation = excluded.generation
       where late_usage.tick <= excluded.tick
      """;

  private final JdbcClient jdbc;
  private final JdbcWindows windows;
  private final Catalogue catalogue;
  private final BillingCalendar calendar;
  private final SetAside setAside;

  JdbcUsage(
      JdbcClient jdbc,
      JdbcWindows windows,
      Catalogue catalogue,
      BillingCalendar calendar,
      SetAside setAside) {
    this.jdbc = jdbc;
    this.windows = windows;
    this.catalogue = catalogue;
    this.calendar = calendar;
    this.setAside = setAside;
  }

  /** A cycle to be opened, or found to have late usage, with the number of windows. */
  private static final class Touched {
    private final CycleKey key;
    private final Window cycle;

    /** The newest of what each aggregation partition told of it. */
    private final Map<Integer, Said> said = new TreeMap<>();

    private long windows;

    Touched(CycleKey key, Window cycle) {
      this.key = key;
      this.cycle = cycle;
    }

    void add(int partition, Said newest, long more) {
      said.merge(partition, newest, Said::later);
      windows += more;
    }

    Instant tick() {
      return said.values().stream().reduce(Said.NOTHING, Said::later).tick();
    }
  }

  /** The tick with which a generation of metering sent something. */
  private record Said(Instant tick, String generation) {
    static final Said NOTHING = new Said(Instant.MIN, "");

    Said later(Said other) {
      return other.tick.isAfter(tick) ? other : this;
    }
  }

  private record AccountProduct(AccountId account, ProductId product)
      implements Comparable<AccountProduct> {
    @Override
    public int compareTo(AccountProduct other) {
      int order = account.compareTo(other.account);
      return order != 0 ? order : product.compareTo(other.product);
    }
  }

  /**
   * Stores revisions of one output partition.
   *
   * @throws IllegalArgumentException when they are not all of one granularity
   */
  void store(List<UsageRevision> revisions, int output) {
    CatalogueSnapshot snapshot = catalogue.snapshot();
    Granularity granularity = granularityOf(revisions);
    List<UsageRevision> wanted = new ArrayList<>(revisions.size());
    Set<AccountProduct> unpriced = new TreeSet<>();
    for (UsageRevision revision : revisions) {
      Optional<BillingCycle> cycle = snapshot.cycleOf(revision.product());
      if (cycle.isEmpty()) {
        unpriced.add(new AccountProduct(revision.account(), revision.product()));
      }
      if (cycle.isEmpty() || cycle.get().granularity() == granularity) {
        wanted.add(revision);
      }
    }
    open(touched(windows.write(wanted), snapshot), output, granularity);
    noteUnpriced(unpriced, output);
  }

  private static Granularity granularityOf(List<UsageRevision> revisions) {
    Set<Granularity> granularities = EnumSet.noneOf(Granularity.class);
    revisions.forEach(revision -> granularities.add(revision.granularity()));
    if (granularities.size() != 1) {
      throw new IllegalArgumentException(
          "usage of " + granularities + " in one batch: it is stored by one granularity at a time");
    }
    return granularities.iterator().next();
  }

  /** The cycles that windows are billed in. */
  private Map<CycleKey, Touched> touched(List<UsageRevision> changed, CatalogueSnapshot snapshot) {
    Map<WindowStart, Window> cycles = new HashMap<>();
    Map<CycleKey, Touched> touched = new HashMap<>();
    for (UsageRevision each : changed) {
      snapshot
          .cycleOf(each.product())
          .map(cycle -> new WindowStart(cycle, each.windowStart()))
          .map(start -> cycles.computeIfAbsent(start, s -> calendar.cycleOf(s.cycle(), s.start())))
          .ifPresent(
              window ->
                  touched
                      .computeIfAbsent(
                          new CycleKey(each.account(), each.product(), window.start()),
                          key -> new Touched(key, window))
                      .add(each.partition(), new Said(each.tick(), each.generation()), 1));
    }
    return touched;
  }

  private record WindowStart(BillingCycle cycle, Instant start) {}

  private void open(Map<CycleKey, Touched> touched, int output, Granularity granularity) {
    if (touched.isEmpty()) {
      return;
    }
    List<Touched> cycles =
        touched.values().stream().sorted(Comparator.comparing(each -> each.key)).toList();
    Map<Instant, Instant> months = new HashMap<>();
    jdbc.sql(OPEN)
        .param("accounts", SqlArrays.texts(cycles, each -> each.key.account()))
        .param("products", SqlArrays.texts(cycles, each -> each.key.product()))
        .param("starts", SqlArrays.texts(cycles, each -> each.cycle.start()))
        .param("ends", SqlArrays.texts(cycles, each -> each.cycle.end()))
        .param(
            "months",
            SqlArrays.texts(
                cycles,
                each ->
                    months.computeIfAbsent(
                        each.cycle.start(), start -> calendar.monthOf(start).start())))
        .param("output", output)
        .param("granularity", granularity.name())
        .param("ticks", SqlArrays.texts(cycles, Touched::tick))
        .param("windows", SqlArrays.texts(cycles, each -> each.windows))
        .query(
            row -> {
              if (row.getBoolean("billed")) {
                CycleKey billed =
                    new CycleKey(
                        AccountId.of(row.getString("account_id")),
                        ProductId.of(row.getString("product_id")),
                        row.getTimestamp("cycle_start").toInstant());
                late(
                    new CycleKey(
                        billed.account(),
                        billed.product(),
                        row.getTimestamp("month_start").toInstant()),
                    Objects.requireNonNull(touched.get(billed)).said,
                    output,
                    granularity);
              }
            });
    setAside.changedParts(subjects(cycles, months));
  }

  /** Under what the cycles and their months would be set aside. */
  private static Set<Subject> subjects(List<Touched> cycles, Map<Instant, Instant> months) {
    Set<Subject> subjects = new HashSet<>();
    for (Touched each : cycles) {
      CycleKey key = each.key;
      Instant month = Objects.requireNonNull(months.get(each.cycle.start()));
      subjects.add(key.subject());
      subjects.add(new CycleKey(key.account(), key.product(), month).subject());
    }
    return subjects;
  }

  /**
   * Notes that a billed month has to be rated again, when each of the aggregation partitions that
   * told something new has said that it has told all.
   */
  private void late(CycleKey month, Map<Integer, Said> said, int output, Granularity granularity) {
    jdbc.sql(LATE)
        .param("account", month.account().value())
        .param("product", month.product().value())
        .param("month", Timestamp.from(month.start()))
        .param("partitions", SqlArrays.texts(said.keySet(), partition -> partition))
        .param("output", output)
        .param("granularity", granularity.name())
        .param("ticks", SqlArrays.texts(said.values(), Said::tick))
        .param("generations", SqlArrays.texts(said.values(), Said::generation))
        .update();
  }

  /** Usage of a product that was unknown when it arrived. */
  record Unpriced(AccountId account, ProductId product, int output) {}

  List<Unpriced> unpriced(int limit, Selection selection) {
    return jdbc.sql(
            "select account_id, product_id, output_partition from unpriced_usage u where "
                + selection.where(UnpricedSweep.NAME, "u.account_id", "u.product_id")
                + " order by u.account_id, u.product_id limit :limit")
        .param("limit", limit)
        .query(
            (row, n) ->
                new Unpriced(
                    AccountId.of(row.getString(1)), ProductId.of(row.getString(2)), row.getInt(3)))
        .list();
  }

  /** Opens the cycles of what came before its product was known. */
  void takeUp(Unpriced unpriced, BillingCycle cycle) {
    jdbc.sql(
            """
            delete from usage_window
             where account_id = :account and product_id = :product and granularity <> :granularity
            """)
        .param("account", unpriced.account().value())
        .param("product", unpriced.product().value())
        .param("granularity", cycle.granularity().name())
        .update();
    Map<CycleKey, Touched> touched = new HashMap<>();
    jdbc.sql(
            """
            select window_start, max(tick), count(*) from usage_window
             where account_id = :account and product_id = :product group by window_start
            """)
        .param("account", unpriced.account().value())
        .param("product", unpriced.product().value())
        .query(
            row -> {
              Window window = calendar.cycleOf(cycle, row.getTimestamp(1).toInstant());
              touched
                  .computeIfAbsent(
                      new CycleKey(unpriced.account(), unpriced.product(), window.start()),
                      key -> new Touched(key, window))
                  .add(-1, new Said(row.getTimestamp(2).toInstant(), ""), row.getLong(3));
            });
    open(touched, unpriced.output(), cycle.granularity());
    jdbc.sql("delete from unpriced_usage where account_id = :account and product_id = :product")
        .param("account", unpriced.account().value())
        .param("product", unpriced.product().value())
        .update();
  }

  private void noteUnpriced(Set<AccountProduct> unpriced, int output) {
    for (AccountProduct each : unpriced) {
      jdbc.sql(
              """
              insert into unpriced_usage (account_id, product_id, output_partition)
              values (:account, :product, :output) on conflict do nothing
              """)
          .param("account", each.account().value())
          .param("product", each.product().value())
          .param("output", output)
          .update();
    }
  }
}
