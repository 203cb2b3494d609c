package io.tollgate.billing.account;

import io.tollgate.model.AccountId;
import io.tollgate.support.web.KnownAccounts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The accounts whose opening billing has received. */
@Repository
class JdbcKnownAccounts implements KnownAccounts {

  private final JdbcClient jdbc;

  JdbcKnownAccounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public boolean knows(AccountId account) {
    return jdbc.sql("select exists (select from account where account_id = :account)")
        .param("account", account.value())
        .query(Boolean.class)
        .single();
  }
}
