package io.tollgate.account.reconciliation;

import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.SqlArrays;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What platforms last said, in PostgreSQL, and how it differs from what should be. */
@Repository
class JdbcReportRepository {

  private static final String DIFFERENCES =
      """
      select r.platform, r.instance, r.reported_at,
             case when i.instance is null then 'NOT_REGISTERED'
                  when r.running then 'RUNS_BUT_MUST_NOT'
                  else 'MAY_RUN_BUT_DOES_NOT' end as kind
        from reported_instance r
        left join instance i on i.instance = r.instance and i.platform = r.platform
       where (i.instance is null or r.running <> (i.state in ('ACTIVE', 'IN_ARREARS')))
      """;

  private final JdbcClient jdbc;

  JdbcReportRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void save(PlatformId platform, List<Report.Line> lines, Instant at) {
    jdbc.sql(
            """
            insert into reported_instance (platform, instance, running, reported_at)
            select :platform, instance, running, :at
              from unnest(:instances::text[], :running::boolean[]) as line(instance, running)
             order by instance
            on conflict (platform, instance) do update
               set running = excluded.running, reported_at = excluded.reported_at
            """)
        .param("platform", platform.value())
        .param("at", Timestamp.from(at))
        .param("instances", SqlArrays.texts(lines, line -> line.instance().value()))
        .param("running", lines.stream().map(Report.Line::running).toArray(Boolean[]::new))
        .update();
  }

  /**
   * After a complete report: what it does not name does not run there; another report at the same
   * moment may say so too.
   */
  void absent(PlatformId platform, List<Report.Line> named, Instant at) {
    jdbc.sql(
            """
            delete from reported_instance
             where platform = :platform and not instance = any (:named::text[])
            """)
        .param("platform", platform.value())
        .param("named", SqlArrays.texts(named, line -> line.instance().value()))
        .update();
    jdbc.sql(
            """
            insert into reported_instance (platform, instance, running, reported_at)
            select platform, instance, false, :at from instance
             where platform = :platform and state in ('ACTIVE', 'IN_ARREARS')
               and not instance = any (:named::text[])
             order by instance
            on conflict (platform, instance) do update
               set running = excluded.running, reported_at = excluded.reported_at
            """)
        .param("platform", platform.value())
        .param("named", SqlArrays.texts(named, line -> line.instance().value()))
        .param("at", Timestamp.from(at))
        .update();
  }

  List<Difference> differences(PlatformId platform, int limit) {
    return jdbc.sql(DIFFERENCES + " and r.platform = :platform order by r.instance limit :limit")
        .param("platform", platform.value())
        .param("limit", limit)
        .query(
            (row, n) ->
                new Difference(
                    InstanceId.of(row.getString("instance")),
                    Difference.Kind.valueOf(row.getString("kind")),
                    Columns.instant(row, "reported_at")))
        .list();
  }

  /** Differences of all platforms together. */
  long count() {
    return jdbc.sql("select count(*) from (" + DIFFERENCES + ") as d").query(Long.class).single();
  }
}
