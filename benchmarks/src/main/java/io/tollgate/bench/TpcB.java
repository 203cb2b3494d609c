package io.tollgate.bench;

import io.tollgate.standalone.InParallel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The transaction of TPC-B as pgbench has it, over JDBC with prepared statements: three updates, a
 * select and an insert, committed durably.
 */
record TpcB(Database database) {
  static final int CLIENTS = 8;
  private static final int SCALE = 10;
  private static final int TELLERS = 10 * SCALE;
  private static final int ACCOUNTS = 100_000 * SCALE;

  /** Transactions a second of all clients together. */
  double perSecond(double seconds) throws Exception {
    prepare();
    AtomicLong done = new AtomicLong();
    Stopwatch watch = Stopwatch.start();
    InParallel.run(CLIENTS, client -> done.addAndGet(transactions(client, watch, seconds)));
    double perSecond = watch.perSecond(done.get());
    database.execute("drop schema tpcb cascade");
    return perSecond;
  }

  private void prepare() throws SQLException {
    database.execute(
        "drop schema if exists tpcb cascade",
        "create schema tpcb",
        "create table tpcb.branches (bid int primary key, balance int) with (fillfactor = 50)",
        "create table tpcb.tellers (tid int primary key, balance int) with (fillfactor = 50)",
        "create table tpcb.accounts (aid int primary key, balance int, filler char(84))",
        "create table tpcb.history (tid int, bid int, aid int, delta int, mtime timestamp)",
        "insert into tpcb.branches select n, 0 from generate_series(1, " + SCALE + ") n",
        "insert into tpcb.tellers select n, 0 from generate_series(1, " + TELLERS + ") n",
        "insert into tpcb.accounts select n, 0, '' from generate_series(1, " + ACCOUNTS + ") n",
        "analyze tpcb.accounts",
        "checkpoint");
  }

  private long transactions(int client, Stopwatch watch, double seconds) {
    Random random = new Random(client);
    try (Connection connection = database.connect();
        PreparedStatement account =
            connection.prepareStatement(
                "update tpcb.accounts set balance = balance + ? where aid = ?");
        PreparedStatement read =
            connection.prepareStatement("select balance from tpcb.accounts where aid = ?");
        PreparedStatement teller =
            connection.prepareStatement(
                "update tpcb.tellers set balance = balance + ? where tid = ?");
        PreparedStatement branch =
            connection.prepareStatement(
                "update tpcb.branches set balance = balance + ? where bid = ?");
        PreparedStatement history =
            connection.prepareStatement(
                "insert into tpcb.history values (?, ?, ?, ?, current_timestamp)")) {
      connection.setAutoCommit(false);
      long done = 0;
      while (watch.seconds() < seconds) {
        int aid = 1 + random.nextInt(ACCOUNTS);
        int tid = 1 + random.nextInt(TELLERS);
        int bid = 1 + random.nextInt(SCALE);
        int delta = random.nextInt(-5_000, 5_001);
        run(account, delta, aid);
        read.setInt(1, aid);
        try (ResultSet row = read.executeQuery()) {
          row.next();
        }
        run(teller, delta, tid);
        run(branch, delta, bid);
        run(history, tid, bid, aid, delta);
        connection.commit();
        done++;
      }
      return done;
    } catch (SQLException e) {
      throw new IllegalStateException("TPC-B fails", e);
    }
  }

  private static void run(PreparedStatement statement, int... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setInt(i + 1, values[i]);
    }
    var unused = statement.executeUpdate();
  }
}
