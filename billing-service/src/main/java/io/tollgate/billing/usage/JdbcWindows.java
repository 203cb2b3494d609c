package io.tollgate.billing.usage;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.store.jdbc.CopyWriter;
import io.tollgate.store.jdbc.SqlArrays;
import io.tollgate.store.jdbc.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores usage windows, the newest revision only. */
@Repository
class JdbcWindows {
  private static final String COLUMNS =
      """
      account_id, product_id, window_start, granularity, instance_id, meter, dimensions,
      window_end, unit, quantity, event_count, revision, tick\
      """;
  private static final String MERGE =
      """
      insert into usage_window (%s)
      select * from unnest(:accounts::text[], :products::text[], :starts::text[]::timestamptz[],
                           :granularities::text[], :instances::text[], :meters::text[],
                           :dimensions::text[], :ends::text[]::timestamptz[], :units::text[],
                           :quantities::text[]::numeric[], :events::text[]::bigint[],
                           :revisions::text[]::integer[], :ticks::text[]::timestamptz[])
      on conflict (account_id, product_id, window_start, granularity, instance_id, meter,
                   dimensions)
      do update set quantity = excluded.quantity, event_count = excluded.event_count,
                    revision = excluded.revision, tick = excluded.tick, unit = excluded.unit
       where usage_window.revision < excluded.revision
      returning account_id, product_id, window_start, instance_id, meter, dimensions
      """
          .formatted(COLUMNS);

  private final JdbcClient jdbc;
  private final CopyWriter copy;
  private final Transactions transactions;

  JdbcWindows(JdbcClient jdbc, CopyWriter copy, Transactions transactions) {
    this.jdbc = jdbc;
    this.copy = copy;
    this.transactions = transactions;
  }

  /** The window of a series; all windows written together have one granularity. */
  private record WindowKey(
      AccountId account,
      ProductId product,
      Instant start,
      InstanceId instance,
      MeterKey meter,
      String dimensions) {
    static WindowKey of(UsageRevision revision) {
      return new WindowKey(
          revision.account(),
          revision.product(),
          revision.windowStart(),
          revision.instance(),
          revision.meter(),
          Dimensions.text(revision.dimensions()));
    }
  }

  /**
   * Writes what is newer than what is stored. A window's first revision is as a rule the first that
   * is heard of it, and is only added; where one is there already, all go the longer way.
   *
   * @param revisions of one granularity
   * @return what was newer
   */
  List<UsageRevision> write(List<UsageRevision> revisions) {
    Map<WindowKey, UsageRevision> newest = new LinkedHashMap<>(2 * revisions.size());
    for (UsageRevision revision : revisions) {
      newest.merge(
          WindowKey.of(revision),
          revision,
          (one, other) -> other.revision() > one.revision() ? other : one);
    }
    Map<WindowKey, UsageRevision> first = new LinkedHashMap<>(2 * newest.size());
    Map<WindowKey, UsageRevision> later = new LinkedHashMap<>();
    newest.forEach((key, each) -> (each.revision() == 1 ? first : later).put(key, each));
    List<UsageRevision> written = new ArrayList<>(newest.size());
    try {
      if (!first.isEmpty()) {
        transactions.behindSavepoint(() -> add(first));
        written.addAll(first.values());
      }
    } catch (DuplicateKeyException e) {
      later.putAll(first);
    }
    written.addAll(merge(later));
    return written;
  }

  private void add(Map<WindowKey, UsageRevision> windows) {
    copy.copy(
        "usage_window",
        COLUMNS,
        windows.entrySet(),
        (each, out) -> {
          UsageRevision revision = each.getValue();
          out.text(revision.account().value())
              .text(revision.product().value())
              .instant(revision.windowStart())
              .text(revision.granularity().name())
              .text(revision.instance().value())
              .text(revision.meter().value())
              .text(each.getKey().dimensions())
              .instant(revision.windowEnd())
              .text(revision.unit())
              .decimal(revision.quantity())
              .number(revision.eventCount())
              .number(revision.revision())
              .instant(revision.tick());
        });
  }

  private List<UsageRevision> merge(Map<WindowKey, UsageRevision> windows) {
    if (windows.isEmpty()) {
      return List.of();
    }
    List<WindowKey> keys = List.copyOf(windows.keySet());
    List<UsageRevision> revisions = List.copyOf(windows.values());
    return jdbc.sql(MERGE)
        .param("accounts", SqlArrays.texts(revisions, UsageRevision::account))
        .param("products", SqlArrays.texts(revisions, UsageRevision::product))
        .param("starts", SqlArrays.texts(revisions, UsageRevision::windowStart))
        .param("granularities", SqlArrays.texts(revisions, UsageRevision::granularity))
        .param("instances", SqlArrays.texts(revisions, UsageRevision::instance))
        .param("meters", SqlArrays.texts(revisions, UsageRevision::meter))
        .param("dimensions", SqlArrays.texts(keys, WindowKey::dimensions))
        .param("ends", SqlArrays.texts(revisions, UsageRevision::windowEnd))
        .param("units", SqlArrays.texts(revisions, UsageRevision::unit))
        .param("quantities", SqlArrays.texts(revisions, each -> each.quantity().toPlainString()))
        .param("events", SqlArrays.texts(revisions, UsageRevision::eventCount))
        .param("revisions", SqlArrays.texts(revisions, UsageRevision::revision))
        .param("ticks", SqlArrays.texts(revisions, UsageRevision::tick))
        .query((row, n) -> Objects.requireNonNull(windows.get(key(row))))
        .list();
  }

  private static WindowKey key(ResultSet row) throws SQLException {
    return new WindowKey(
        AccountId.of(row.getString(1)),
        ProductId.of(row.getString(2)),
        row.getTimestamp(3).toInstant(),
        InstanceId.of(row.getString(4)),
        MeterKey.of(row.getString(5)),
        row.getString(6));
  }
}
