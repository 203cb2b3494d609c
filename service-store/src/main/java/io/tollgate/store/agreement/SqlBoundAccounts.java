package io.tollgate.store.agreement;

import io.tollgate.model.ProductId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks a service's own tables whether anybody is bound. */
public final class SqlBoundAccounts implements BoundAccounts {

  private final JdbcClient jdbc;
  private final String anyAccount;
  private final String anyInstance;

  /**
   * @param anyAccount a query that finds rows when an account was ever opened
   * @param anyInstance a query that finds rows when {@code :product} ever had an instance
   */
  public SqlBoundAccounts(JdbcClient jdbc, String anyAccount, String anyInstance) {
    this.jdbc = jdbc;
    this.anyAccount = anyAccount;
    this.anyInstance = anyInstance;
  }

  @Override
  public boolean any(Optional<ProductId> product) {
    return product
        .map(id -> exists(anyInstance).param("product", id.value()))
        .orElseGet(() -> exists(anyAccount))
        .query(Boolean.class)
        .single();
  }

  private JdbcClient.StatementSpec exists(String query) {
    return jdbc.sql("select exists (" + query + ")");
  }
}
