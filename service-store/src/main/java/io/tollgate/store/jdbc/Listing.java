package io.tollgate.store.jdbc;

import io.tollgate.model.AccountId;
import io.tollgate.support.web.Paging;
import java.sql.Timestamp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Binds the cursor of a list. */
public final class Listing {
  private Listing() {}

  /**
   * An account's items, the latest first: {@code :account}, {@code :time} and {@code :id} of the
   * item before them, and {@code :limit}.
   */
  public static JdbcClient.StatementSpec before(
      JdbcClient.StatementSpec items, AccountId account, Paging.Before before, int limit) {
    return items
        .param("account", account.value())
        .param("time", Timestamp.from(before.time()))
        .param("id", before.id())
        .param("limit", limit);
  }
}
