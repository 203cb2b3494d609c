package io.tollgate.account.instances;

import static io.tollgate.store.jdbc.SqlArrays.texts;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcWatermarkRepository;
import io.tollgate.account.lifecycle.InstanceKey;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.model.event.InstanceRecord.BillingMode;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.setaside.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Instances in PostgreSQL; changed under their account's lock. */
@Repository
public class JdbcInstanceRepository {

  private static final String SELECT = "select * from instance ";

  private static final String IN_SIGHT =
      """
       and (:sightAccount::text is null or account = :sightAccount)
       and (:sightPlatform::text is null or platform = :sightPlatform)
      """;

  /** Due, and everything told that may say until then that it was paid. */
  private static final String DUE =
      " next_step_at <= :upTo and next_step_at <= "
          + JdbcWatermarkRepository.completeTo("instance.account")
          // Nothing but the deletion follows when both its warnings were delivered.
          + " and not (first_delivered_at is not null and last_delivered_at is not null and "
          + JdbcWatermarkRepository.isSetAside("instance.account")
          + ")";

  private final JdbcClient jdbc;

  JdbcInstanceRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds an instance that just began to run; false when the id is taken. */
  boolean insert(Instance instance) {
    return jdbc.sql(
                """
                insert into instance
                  (account, instance, product, platform, specification, mode, registered_at)
                values (:account, :instance, :product, :platform, :specification, :mode, :at)
                on conflict do nothing
                """)
            .param("account", instance.key().account().value())
            .param("instance", instance.key().instance().value())
            .param("product", instance.key().product().value())
            .param("platform", instance.platform().value())
            .param("specification", instance.specification())
            .param("mode", instance.mode().name())
            .param("at", Timestamp.from(instance.registeredAt()))
            .update()
        == 1;
  }

  /** The instance, if the caller may see it. */
  public Optional<Instance> find(Sight sight, InstanceId instance) {
    return jdbc.sql(SELECT + "where instance = :instance" + IN_SIGHT)
        .param("instance", instance.value())
        .param("sightAccount", sight.accountOrNull())
        .param("sightPlatform", sight.platformOrNull())
        .query((row, n) -> instance(row))
        .optional();
  }

  /** One of several look-ups. */
  record Sought(Sight sight, InstanceId instance) {}

  /** Each instance, if who seeks it may see it; in the order asked, by one statement. */
  List<Optional<Instance>> find(List<Sought> sought) {
    List<Optional<Instance>> found =
        new ArrayList<>(Collections.nCopies(sought.size(), Optional.empty()));
    jdbc.sql(
            """
            select instance.*, number
              from unnest(:instances::text[], :sightAccounts::text[], :sightPlatforms::text[])
                     with ordinality as sought(id, sight_account, sight_platform, number)
              join instance on instance.instance = sought.id
               and (sight_account is null or account = sight_account)
               and (sight_platform is null or platform = sight_platform)
            """)
        .param("instances", texts(sought, each -> each.instance().value()))
        .param("sightAccounts", texts(sought, each -> each.sight().accountOrNull()))
        .param("sightPlatforms", texts(sought, each -> each.sight().platformOrNull()))
        .query(
            row -> {
              found.set(row.getInt("number") - 1, Optional.of(instance(row)));
            });
    return found;
  }

  /** Which instances of an account are looked for; what is empty does not narrow. */
  record Filter(Optional<InstanceState> state, Optional<ProductId> product) {}

  /** Instances of an account after a cursor, by id. */
  List<Instance> list(Sight sight, AccountId account, Filter filter, String after, int limit) {
    return jdbc.sql(
            SELECT
                + "where account = :account and instance > :after"
                + " and (:state::text is null or state = :state)"
                + " and (:product::text is null or product = :product)"
                + IN_SIGHT
                + " order by instance limit :limit")
        .param("account", account.value())
        .param("state", filter.state().map(InstanceState::name).orElse(null))
        .param("product", filter.product().map(ProductId::value).orElse(null))
        .param("after", after)
        .param("limit", limit)
        .param("sightAccount", sight.accountOrNull())
        .param("sightPlatform", sight.platformOrNull())
        .query((row, n) -> instance(row))
        .list();
  }

  /** Instances of an account that are not released, by id. */
  public List<Instance> live(AccountId account) {
    return jdbc.sql(SELECT + "where account = :account and state <> 'RELEASED' order by instance")
        .param("account", account.value())
        .query((row, n) -> instance(row))
        .list();
  }

  /** Stores a change of the version before. */
  void save(Instance changed, Optional<Instant> nextStepAt) {
    int saved =
        jdbc.sql(
                "update instance set version = :version, ended_at = :endedAt,"
                    + " next_step_at = :nextStepAt, "
                    + StatusColumns.ASSIGNMENTS
                    + " where account = :account and instance = :instance and version = :before")
            .params(StatusColumns.write(changed.status()))
            .param("version", changed.version())
            .param("before", changed.version() - 1)
            .param("endedAt", Columns.orNull(changed.endedAt()))
            .param("nextStepAt", Columns.orNull(nextStepAt))
            .param("account", changed.key().account().value())
            .param("instance", changed.key().instance().value())
            .update();
    Rows.expectOne(saved, "instance");
  }

  /** Corrects when something is next to be done, where nothing else changed. */
  void reschedule(InstanceKey key, Optional<Instant> nextStepAt) {
    int saved =
        jdbc.sql(
                """
                update instance set next_step_at = :nextStepAt
                 where account = :account and instance = :instance
                """)
            .param("nextStepAt", Columns.orNull(nextStepAt))
            .param("account", key.account().value())
            .param("instance", key.instance().value())
            .update();
    Rows.expectOne(saved, "schedule of an instance");
  }

  /** Instances with a step due, the longest due first. */
  List<InstanceKey> due(Instant upTo, int limit, Selection selection) {
    return jdbc.sql(
            SELECT
                + "where"
                + DUE
                + " and "
                + selection.where(LifecycleSweep.NAME, "instance.account", "instance.instance")
                + " order by next_step_at, instance limit :limit")
        .param("upTo", Timestamp.from(upTo))
        .param("limit", limit)
        .query((row, n) -> key(row))
        .list();
  }

  private static InstanceKey key(ResultSet row) throws SQLException {
    return new InstanceKey(
        AccountId.of(row.getString("account")),
        InstanceId.of(row.getString("instance")),
        ProductId.of(row.getString("product")));
  }

  /** An instance from a row of all its columns. */
  public static Instance instance(ResultSet row) throws SQLException {
    return new Instance(
        key(row),
        PlatformId.of(row.getString("platform")),
        row.getString("specification"),
        BillingMode.valueOf(row.getString("mode")),
        Columns.instant(row, "registered_at"),
        Columns.optionalInstant(row, "ended_at"),
        row.getLong("version"),
        StatusColumns.read(row));
  }
}
