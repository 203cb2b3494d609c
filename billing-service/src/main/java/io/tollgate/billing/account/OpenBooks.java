package io.tollgate.billing.account;

import io.tollgate.model.event.AccountEvent.AccountOpened;
import io.tollgate.support.messaging.KeyPartitions;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens an account's books when the account is opened. */
@Component
class OpenBooks {
  private static final String OPEN =
      """
      insert into account (account_id, partition, currency, accrued_to, last_movement_at, opened_at)
      values (:account, :partition, :currency, :at, :at, :at)
      on conflict (account_id) do nothing
      """;

  private final JdbcClient jdbc;
  private final List<AccountOpening> openings;
  private final KeyPartitions partitions;

  OpenBooks(JdbcClient jdbc, List<AccountOpening> openings, KeyPartitions partitions) {
    this.jdbc = jdbc;
    this.openings = List.copyOf(openings);
    this.partitions = partitions;
  }

  /** An account that is told of again keeps its books. */
  void of(AccountOpened opened) {
    int opening =
        jdbc.sql(OPEN)
            .param("account", opened.account().value())
            .param("partition", partitions.of(opened.account().value()))
            .param("currency", opened.currency().value())
            .param("at", Timestamp.from(opened.at()))
            .update();
    if (opening == 1) {
      openings.forEach(each -> each.opened(opened.account(), opened.at()));
    }
  }
}
