package io.tollgate.store.outbox;

import io.tollgate.support.time.SettleCheck;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clock may go on when everything committed is published. */
final class OutboxSettleCheck implements SettleCheck {

  private final JdbcClient jdbc;

  OutboxSettleCheck(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return "outbox";
  }

  @Override
  public Optional<String> laggard() {
    long rows = jdbc.sql("select count(*) from outbox").query(Long.class).single();
    return rows == 0 ? Optional.empty() : Optional.of(rows + " rows are not published");
  }

  @Override
  public long counter() {
    return jdbc.sql("select case when is_called then last_value else 0 end from outbox_id_seq")
        .query(Long.class)
        .single();
  }
}
