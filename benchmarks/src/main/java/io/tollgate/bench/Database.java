package io.tollgate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** The system's database: what it does bare, and what the services stored. */
final class Database {
  private final String url;
  private final String password;

  Database(RunningSystem system) throws IOException {
    this.url = "jdbc:postgresql://127.0.0.1:" + system.port("postgres", "postgres") + "/tollgate";
    this.password =
        Files.readString(system.directory().part("postgres").resolve("password")).strip();
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "postgres", password);
  }

  /** How many rows a table has. */
  long count(String table) {
    return number("select count(*) from " + table);
  }

  /** The number that a query gives. */
  long number(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("query failed: " + sql, e);
    }
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * Rows a second of COPY into the columns of a charge line with a primary key and a unique key.
   *
   * @param who how many lines a bill has
   */
  double copyLines(long rows, Population who) throws Exception {
    execute(
        "drop table if exists bench_line",
        "create table bench_line (like billing.charge_line)",
        "alter table bench_line add primary key (account_id, bill_id, line_no)",
        "create unique index on bench_line (bill_id, line_no)");
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      String json = rated(statement);
      return Stopwatch.rateOf(
          rows,
          () -> {
            var copy =
                connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy bench_line from stdin");
            for (long row = 0; row < rows; row++) {
              byte[] line = line(row, who, json);
              copy.writeToCopy(line, 0, line.length);
            }
            copy.endCopy();
          });
    }
  }

  private static byte[] line(long row, Population who, String json) {
    long bill = row / who.linesPerBill();
    long number = row % who.linesPerBill();
    String text =
        who.prefix()
            + '-'
            + bill % who.accounts()
            + "\tbill-"
            + bill
            + '\t'
            + (number + 1)
            + "\tvm\t2024-03-01 00:00:00Z\tUSAGE\ti-"
            + number / who.meters()
            + "\tunits\t{}\t2024-03-01 00:00:00Z\t2024-03-01 01:00:00Z\t1\t4\t0.04\t"
            + json
            + '\n';
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A line as it is stored, so that those of the limit are as long. */
  private static String rated(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("select rated::text from billing.charge_line limit 1")) {
      return row.next() ? row.getString(1).replace("\\", "\\\\") : "{}";
    }
  }
}
