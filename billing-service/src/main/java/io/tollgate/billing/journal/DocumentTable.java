package io.tollgate.billing.journal;

import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.store.jdbc.Listing;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.support.web.Paging;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of one kind of document. Its feature inserts the rows and reads their columns; a row
 * changes its state by {@link #move} only, from the states that {@link DocumentState} names, so
 * that no repository repeats what may follow what.
 *
 * <p>The table has the columns {@code account_id} and {@code state}.
 *
 * @param <D> the kind of document
 */
public final class DocumentTable<D extends MoneyDocument> {
  private final JdbcClient jdbc;
  private final String name;
  private final List<String> key;
  private final String time;
  private final RowMapper<D> reader;

  /**
   * A table.
   *
   * @param key the columns of its primary key, the document's own id last
   * @param time the column that an account's documents are listed by
   * @param reader reads a row
   */
  public DocumentTable(
      JdbcClient jdbc, String name, List<String> key, String time, RowMapper<D> reader) {
    this.jdbc = jdbc;
    this.name = name;
    this.key = List.copyOf(key);
    this.time = time;
    this.reader = reader;
  }

  /**
   * A document.
   *
   * @param values its key, column by column
   */
  public Optional<D> find(List<String> values) {
    return one(values, "");
  }

  /** The same, locked: whoever decides about it waits for whoever already does. */
  public Optional<D> lock(List<String> values) {
    return one(values, " for update");
  }

  private Optional<D> one(List<String> values, String how) {
    return withKey(jdbc.sql("select * from " + name + " where " + isRow() + how), values)
        .query(reader)
        .optional();
  }

  /** An account's documents, the latest first, before a cursor. */
  public List<D> of(AccountId account, Paging.Before before, int limit) {
    return Listing.before(
            jdbc.sql(
                """
                select * from %1$s
                 where account_id = :account and (%2$s, %3$s) < (:time, :id)
                 order by %2$s desc, %3$s desc limit :limit
                """
                    .formatted(name, time, key.getLast())),
            account,
            before,
            limit)
        .query(reader)
        .list();
  }

  /**
   * Brings a document to its next state.
   *
   * @param values its key, column by column
   * @param changed other columns that change with it: texts and instants
   * @throws io.tollgate.store.jdbc.UnexpectedRowsException when it is in no state before that one
   */
  public void move(List<String> values, DocumentState to, Map<String, Object> changed) {
    String others =
        changed.keySet().stream()
            .map(column -> ", %1$s = :new_%1$s".formatted(column))
            .collect(Collectors.joining());
    String before =
        to.before().stream()
            .map(state -> "'" + state + "'")
            .collect(Collectors.joining(", ", "state in (", ")"));
    JdbcClient.StatementSpec statement =
        withKey(
            jdbc.sql(
                "update %s set state = '%s'%s where %s and %s"
                    .formatted(name, to, others, isRow(), before)),
            values);
    for (Map.Entry<String, Object> column : changed.entrySet()) {
      statement = statement.param("new_" + column.getKey(), sql(column.getValue()));
    }
    Rows.expectOne(statement.update(), name + " " + values + " to become " + to);
  }

  private static Object sql(Object value) {
    return value instanceof Instant instant ? Timestamp.from(instant) : value;
  }

  private String isRow() {
    return key.stream()
        .map(column -> "%1$s = :%1$s".formatted(column))
        .collect(Collectors.joining(" and "));
  }

  private JdbcClient.StatementSpec withKey(
      JdbcClient.StatementSpec statement, List<String> values) {
    if (values.size() != key.size()) {
      throw new IllegalArgumentException("the key of " + name + " is " + key);
    }
    JdbcClient.StatementSpec bound = statement;
    for (int i = 0; i < key.size(); i++) {
      bound = bound.param(key.get(i), values.get(i));
    }
    return bound;
  }
}
