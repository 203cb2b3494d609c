package io.tollgate.store.setaside;

import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Isolation for tests of sweeps in other packages. */
public final class Isolations {

  private Isolations() {}

  /** Isolation on a database that has the tables of every service. */
  public static Isolation of(JdbcClient jdbc, Transactions transactions, BusinessClock clock) {
    return new Isolation(new SetAside(jdbc, transactions, clock));
  }
}
