package io.tollgate.account.holds;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Holds in PostgreSQL, in force and past; changed under their account's lock. */
@Repository
class JdbcHoldRepository {

  private static final String SELECT =
      "select hold, account, instance, cause, effect, reason, placed_at, lifted_at from hold ";
  private static final String OF_TARGET =
      "where account = :account and instance is not distinct from :instance::text";

  private final JdbcClient jdbc;

  JdbcHoldRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  long insert(
      AccountId account,
      Optional<InstanceId> instance,
      HoldRequests.NewHold wanted,
      String who,
      Instant at) {
    return jdbc.sql(
            """
            insert into hold (account, instance, cause, effect, reason, placed_by, placed_at)
            values (:account, :instance, :cause, :effect, :reason, :who, :at) returning hold
            """)
        .param("account", account.value())
        .param("instance", orNull(instance))
        .param("cause", wanted.cause().name())
        .param("effect", wanted.effect().name())
        .param("reason", wanted.reason())
        .param("who", who)
        .param("at", Timestamp.from(at))
        .query(Long.class)
        .single();
  }

  /** Holds on an instance, or on the account itself; those in force first. */
  List<Hold> list(AccountId account, Optional<InstanceId> instance) {
    return jdbc.sql(
            SELECT + OF_TARGET + " order by lifted_at desc nulls first, hold desc limit 1000")
        .param("account", account.value())
        .param("instance", orNull(instance))
        .query((row, n) -> hold(row))
        .list();
  }

  /** A hold by its number. */
  Optional<Hold> find(AccountId account, Optional<InstanceId> instance, long hold) {
    return jdbc.sql(SELECT + OF_TARGET + " and hold = :hold")
        .param("account", account.value())
        .param("instance", orNull(instance))
        .param("hold", hold)
        .query((row, n) -> hold(row))
        .optional();
  }

  /** The hold of a cause and effect that is in force. */
  Optional<Hold> inForce(
      AccountId account, Optional<InstanceId> instance, HoldCause cause, HoldEffect effect) {
    return jdbc.sql(
            SELECT + OF_TARGET + " and cause = :cause and effect = :effect and lifted_at is null")
        .param("account", account.value())
        .param("instance", orNull(instance))
        .param("cause", cause.name())
        .param("effect", effect.name())
        .query((row, n) -> hold(row))
        .optional();
  }

  void lift(Hold hold, String who, Instant at) {
    int lifted =
        jdbc.sql(
                """
                update hold set lifted_by = :who, lifted_at = :at
                 where account = :account and hold = :hold and lifted_at is null
                """)
            .param("who", who)
            .param("at", Timestamp.from(at))
            .param("account", hold.account().value())
            .param("hold", hold.hold())
            .update();
    Rows.expectOne(lifted, "lifted hold");
  }

  private static @Nullable String orNull(Optional<InstanceId> instance) {
    return instance.map(InstanceId::value).orElse(null);
  }

  private static Hold hold(ResultSet row) throws SQLException {
    return new Hold(
        row.getLong("hold"),
        AccountId.of(row.getString("account")),
        Optional.ofNullable(row.getString("instance")).map(InstanceId::of),
        HoldCause.valueOf(row.getString("cause")),
        HoldEffect.valueOf(row.getString("effect")),
        row.getString("reason"),
        Columns.instant(row, "placed_at"),
        Columns.optionalInstant(row, "lifted_at"));
  }
}
