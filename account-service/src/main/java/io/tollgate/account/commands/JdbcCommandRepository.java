package io.tollgate.account.commands;

import io.tollgate.model.AccountId;
import io.tollgate.model.CommandId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.jdbc.SqlArrays;
import io.tollgate.store.setaside.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Commands in PostgreSQL; changed under their account's lock. */
@Repository
public class JdbcCommandRepository {

  private static final String SELECT =
      """
      select number, account, command, instance, platform, kind, rule, wanted_at,
             backups_kept_until, state, delivery, acknowledged_at
        from command
      """;

  private final JdbcClient jdbc;

  JdbcCommandRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(
      AccountId account,
      CommandId command,
      InstanceId instance,
      PlatformId platform,
      CommandKind kind,
      RuleId rule,
      Instant wantedAt,
      Optional<Instant> backupsKeptUntil,
      Instant nextDeliveryAt) {
    int inserted =
        jdbc.sql(
                """
                insert into command
                  (account, command, instance, platform, kind, rule, wanted_at, backups_kept_until,
                   next_delivery_at)
                values (:account, :command, :instance, :platform, :kind, :rule, :wantedAt, :backups,
                        :next)
                """)
            .param("account", account.value())
            .param("command", command.value())
            .param("instance", instance.value())
            .param("platform", platform.value())
            .param("kind", kind.name())
            .param("rule", rule.value())
            .param("wantedAt", Timestamp.from(wantedAt))
            .param("backups", Columns.orNull(backupsKeptUntil))
            .param("next", Timestamp.from(nextDeliveryAt))
            .update();
    Rows.expectOne(inserted, "command");
  }

  /** Ends the repetition of an instance's pending commands of these kinds, webhooks included. */
  void supersede(AccountId account, InstanceId instance, Set<CommandKind> kinds) {
    jdbc.sql(
            """
            with superseded as (
              update command set state = 'SUPERSEDED'
               where account = :account and instance = :instance and state = 'PENDING'
                 and kind = any (:kinds::text[])
              returning platform, command)
            update webhook_delivery d set state = 'CANCELLED' from superseded s
             where d.owner = s.platform and d.message = s.command and d.state = 'PENDING'
            """)
        .param("account", account.value())
        .param("instance", instance.value())
        .param("kinds", SqlArrays.texts(kinds, CommandKind::name))
        .update();
  }

  /** A command of a platform. */
  public Optional<Command> find(PlatformId platform, CommandId command) {
    return jdbc.sql(SELECT + " where command = :command and platform = :platform")
        .param("command", command.value())
        .param("platform", platform.value())
        .query((row, n) -> command(row))
        .optional();
  }

  /** Commands of a platform after a number, oldest first. */
  public List<Command> list(PlatformId platform, boolean pendingOnly, long after, int limit) {
    return jdbc.sql(
            SELECT
                + """
                 where platform = :platform and number > :after
                   and (not :pendingOnly or state = 'PENDING')
                 order by number limit :limit
                """)
        .param("platform", platform.value())
        .param("after", after)
        .param("pendingOnly", pendingOnly)
        .param("limit", limit)
        .query((row, n) -> command(row))
        .list();
  }

  /** Whether an instance was asked to stop before its platform said that it is open. */
  boolean waitsToBeOpened(AccountId account, InstanceId instance) {
    return jdbc.sql(
            """
            select count(*) filter (where state = 'SUPERSEDED') > 0
                   and count(*) filter (where state = 'ACKNOWLEDGED') = 0
              from command where account = :account and instance = :instance and kind = 'OPEN'
            """)
        .param("account", account.value())
        .param("instance", instance.value())
        .query(Boolean.class)
        .single();
  }

  /** The newest command about whether an instance runs. */
  public Optional<Command> newest(AccountId account, InstanceId instance) {
    return jdbc.sql(
            SELECT
                + """
                 where account = :account and instance = :instance and %s
                 order by number desc limit 1
                """
                    .formatted(Aspect.RUNNING.condition()))
        .param("account", account.value())
        .param("instance", instance.value())
        .query((row, n) -> command(row))
        .optional();
  }

  void acknowledged(Command command, Instant at) {
    int changed =
        jdbc.sql(
                """
                update command set state = 'ACKNOWLEDGED', acknowledged_at = :at
                 where account = :account and command = :command and state = :state
                """)
            .param("account", command.account().value())
            .param("command", command.command().value())
            .param("state", command.state().name())
            .param("at", Timestamp.from(at))
            .update();
    Rows.expectOne(changed, "acknowledged command");
    jdbc.sql(
            """
            update webhook_delivery set state = 'CANCELLED'
             where owner = :platform and message = :command and state = 'PENDING'
            """)
        .param("platform", command.platform().value())
        .param("command", command.command().value())
        .update();
  }

  /** Accounts with commands to be told again. */
  List<AccountId> accountsDue(Instant upTo, int limit, Selection selection) {
    return jdbc.sql(
            """
            select distinct account from command
             where state = 'PENDING' and next_delivery_at <= :upTo and %s limit :limit
            """
                .formatted(selection.where(RedeliverySweep.NAME, "command.account", "''")))
        .param("upTo", Timestamp.from(upTo))
        .param("limit", limit)
        .query((row, n) -> AccountId.of(row.getString(1)))
        .list();
  }

  /** Commands of locked accounts to be told again. */
  List<Command> due(Collection<AccountId> accounts, Instant upTo, int limit) {
    return jdbc.sql(
            SELECT
                + """
                 where state = 'PENDING' and next_delivery_at <= :upTo
                   and account = any (:accounts::text[])
                 order by number limit :limit
                """)
        .param("upTo", Timestamp.from(upTo))
        .param("accounts", SqlArrays.texts(accounts, AccountId::value))
        .param("limit", limit)
        .query((row, n) -> command(row))
        .list();
  }

  void told(Command command, int delivery, Instant nextDeliveryAt) {
    int changed =
        jdbc.sql(
                """
                update command set delivery = :delivery, next_delivery_at = :next
                 where account = :account and command = :command and state = 'PENDING'
                """)
            .param("delivery", delivery)
            .param("next", Timestamp.from(nextDeliveryAt))
            .param("account", command.account().value())
            .param("command", command.command().value())
            .update();
    Rows.expectOne(changed, "repeated command");
  }

  /**
   * Pending commands whose latest delivery was not yet queued for their platform's webhook, the
   * oldest first; that is work of this name.
   */
  public List<Command> toPost(int limit, String work, Selection selection) {
    return jdbc.sql(
            SELECT
                + """
                 where state = 'PENDING' and posted_delivery < delivery and %s
                   and exists (select 1 from webhook_endpoint e
                                where e.owner = command.platform and e.disabled_at is null)
                 order by number limit :limit
                """
                    .formatted(selection.where(work, "command.account", "command.command")))
        .param("limit", limit)
        .query((row, n) -> command(row))
        .list();
  }

  /** Remembers that a delivery is queued; false when the command is no longer pending. */
  public boolean posted(Command command) {
    return jdbc.sql(
                """
                update command set posted_delivery = greatest(posted_delivery, :delivery)
                 where account = :account and command = :command and state = 'PENDING'
                """)
            .param("delivery", command.delivery())
            .param("account", command.account().value())
            .param("command", command.command().value())
            .update()
        == 1;
  }

  private static Command command(ResultSet row) throws SQLException {
    return new Command(
        row.getLong("number"),
        AccountId.of(row.getString("account")),
        CommandId.of(row.getString("command")),
        InstanceId.of(row.getString("instance")),
        PlatformId.of(row.getString("platform")),
        CommandKind.valueOf(row.getString("kind")),
        RuleId.of(row.getString("rule")),
        Columns.instant(row, "wanted_at"),
        Columns.optionalInstant(row, "backups_kept_until"),
        Command.State.valueOf(row.getString("state")),
        row.getInt("delivery"),
        Columns.optionalInstant(row, "acknowledged_at"));
  }
}
