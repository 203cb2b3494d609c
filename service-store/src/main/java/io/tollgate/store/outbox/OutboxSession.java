package io.tollgate.store.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of the one relay that may work: it holds the schema's advisory lock for as long as
 * it is open, and everything the relay reads or deletes goes through it. A session that is idle for
 * a minute belongs to a stopped process and is ended by the server.
 */
final class OutboxSession implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OutboxSession.class);
  private static final int MAX_ROWS = 2_000;
  private static final int FETCH_ROWS = 200;
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  private static final String DELETE =
      """
      with gone as (delete from outbox where id = any(?) returning topic, counted),
           told as (insert into outbox_published as p (topic, events)
                    select topic, count(*) from gone where counted group by topic
                    on conflict (topic) do update set events = p.events + excluded.events)
      select count(*) from gone
      """;

  private final Connection connection;

  private OutboxSession(Connection connection) {
    this.connection = connection;
  }

  /** A session, or null while another relay has the lock. */
  static @Nullable OutboxSession open(DataSource dataSource) throws SQLException {
    Connection connection = dataSource.getConnection();
    boolean locked = false;
    try {
      connection.setAutoCommit(true);
      locked = tryLock(connection);
      return locked ? new OutboxSession(connection) : null;
    } finally {
      if (!locked) {
        connection.close();
      }
    }
  }

  private static boolean tryLock(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rs =
            statement.executeQuery(
                "select pg_try_advisory_lock(hashtextextended(current_schema() || '.outbox',"
                    + " 0))")) {
      rs.next();
      boolean locked = rs.getBoolean(1);
      if (locked) {
        statement.execute("set idle_session_timeout = '60s'");
      }
      return locked;
    }
  }

  List<OutboxRecords.Row> oldest() throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id, topic, partition, record_key, payload, headers,"
                + " (extract(epoch from clock_timestamp() - created_at) * 1e9)::bigint"
                + " as waited_nanos"
                + " from outbox order by id limit "
                + MAX_ROWS)) {
      select.setFetchSize(FETCH_ROWS);
      List<OutboxRecords.Row> rows = new ArrayList<>();
      long bytes = 0;
      try (ResultSet rs = select.executeQuery()) {
        while (bytes < MAX_BYTES && rs.next()) {
          OutboxRecords.Row row = row(rs);
          bytes += row.size();
          rows.add(row);
        }
      }
      connection.commit();
      return rows;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static OutboxRecords.Row row(ResultSet rs) throws SQLException {
    int partition = rs.getInt("partition");
    boolean keyed = rs.wasNull();
    return new OutboxRecords.Row(
        rs.getLong("id"),
        rs.getString("topic"),
        keyed ? null : Integer.valueOf(partition),
        rs.getBytes("record_key"),
        rs.getBytes("payload"),
        rs.getString("headers"),
        rs.getLong("waited_nanos"));
  }

  /** Deletes what is published and counts it, in one statement. */
  void delete(List<OutboxRecords.Row> rows) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      Object[] ids = rows.stream().map(OutboxRecords.Row::id).toArray();
      delete.setArray(1, connection.createArrayOf("bigint", ids));
      try (ResultSet rs = delete.executeQuery()) {
        rs.next();
        int deleted = rs.getInt(1);
        if (deleted != rows.size()) {
          log.warn("Of {} published outbox rows only {} were still there", rows.size(), deleted);
        }
      }
    }
  }

  @Override
  public void close() {
    try (connection;
        var statement = connection.createStatement()) {
      statement.execute("reset idle_session_timeout");
      statement.execute("select pg_advisory_unlock_all()");
    } catch (SQLException e) {
      log.info("The relay lost its connection: {}", e.toString());
    }
  }
}
