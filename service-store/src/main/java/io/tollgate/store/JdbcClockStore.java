package io.tollgate.store;

import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.support.time.ClockMode;
import io.tollgate.support.time.ClockState;
import io.tollgate.support.time.ClockStore;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the clock in the table {@code business_clock}. */
final class JdbcClockStore implements ClockStore {

  private final JdbcClient jdbc;

  JdbcClockStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<ClockState> load() {
    return jdbc.sql("select mode, now_at from business_clock")
        .query(
            (rs, row) ->
                new ClockState(
                    ClockMode.valueOf(rs.getString("mode")), Columns.instant(rs, "now_at")))
        .optional();
  }

  @Override
  public void initialise(ClockState state) {
    jdbc.sql("insert into business_clock (mode, now_at) values (?, ?) on conflict do nothing")
        .params(state.mode().name(), Timestamp.from(state.now()))
        .update();
  }

  @Override
  public void advance(Instant to) {
    Rows.expectOne(
        jdbc.sql("update business_clock set now_at = greatest(now_at, ?) where mode = 'TEST'")
            .param(Timestamp.from(to))
            .update(),
        "test clock");
  }
}
