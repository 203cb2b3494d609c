package io.tollgate.billing.charging;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When the pay-as-you-go instances of accounts were in service, and when suspended. */
@Repository
class JdbcInService {
  private static final String IN_SERVICE =
      """
      select account_id, product_id, instance_id, registered_at, ended_at
        from instance where account_id = any(:accounts) and mode = 'PAY_AS_YOU_GO'
      """;
  private static final String SUSPENDED =
      """
      select instance_id, suspended_at, resumed_at
        from suspension where account_id = any(:accounts)
       order by instance_id, suspended_at
      """;

  private final JdbcClient jdbc;

  JdbcInService(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of these accounts. */
  InService of(Collection<AccountId> accounts) {
    return new InService(windows(accounts), suspensions(accounts));
  }

  private Map<String, SortedMap<InstanceId, Window>> windows(Collection<AccountId> accounts) {
    Map<String, SortedMap<InstanceId, Window>> service = new HashMap<>();
    jdbc.sql(IN_SERVICE)
        .param("accounts", SqlArrays.texts(accounts, AccountId::value))
        .query(
            row -> {
              Instant from = Columns.instant(row, "registered_at");
              Instant to = orNever(row, "ended_at");
              if (from.isBefore(to)) {
                service
                    .computeIfAbsent(
                        InService.key(
                            AccountId.of(row.getString("account_id")),
                            ProductId.of(row.getString("product_id"))),
                        key -> new TreeMap<>())
                    .put(InstanceId.of(row.getString("instance_id")), new Window(from, to));
              }
            });
    return service;
  }

  private Map<InstanceId, List<Window>> suspensions(Collection<AccountId> accounts) {
    Map<InstanceId, List<Window>> suspensions = new HashMap<>();
    jdbc.sql(SUSPENDED)
        .param("accounts", SqlArrays.texts(accounts, AccountId::value))
        .query(
            row -> {
              Instant from = Columns.instant(row, "suspended_at");
              Instant to = orNever(row, "resumed_at");
              if (from.isBefore(to)) {
                suspensions
                    .computeIfAbsent(
                        InstanceId.of(row.getString("instance_id")), id -> new ArrayList<>())
                    .add(new Window(from, to));
              }
            });
    return suspensions;
  }

  private static Instant orNever(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? Instant.MAX : at.toInstant();
  }
}
