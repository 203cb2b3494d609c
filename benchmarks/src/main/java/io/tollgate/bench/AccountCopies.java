package io.tollgate.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Accounts in bulk: all that the three databases hold of one account, copied under other names by
 * set-based SQL.
 *
 * <p>The account was opened, charged and told about the real way; each copy has the same history in
 * every service, the numbers of its events included, so that the audits hold for it too. Metering
 * and Kafka are told nothing of the copies here.
 */
record AccountCopies(Database database) {
  private static final List<String> SCHEMAS = List.of("billing", "account", "notification");

  /** Not of an account, or nothing that is left at rest. */
  private static final String LEFT_OUT =
      "('outbox', 'outbox_published', 'idempotency_key', 'flyway_schema_history')";

  /** What the id of a recharge looks like; no account's name is part of it. */
  private static final String RECHARGE = "rch-[0-9a-f-]{36}";

  /**
   * Copies an account; all services are at rest.
   *
   * @param account its name occurs in nothing but what is its own
   * @param names of the copies
   */
  void make(String account, List<String> names) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      // What is copied is sound already: no reference is looked up again.
      statement.execute("set session_replication_role = replica");
      Array copies = connection.createArrayOf("text", names.toArray());
      Array partitions =
          connection.createArrayOf("int4", names.stream().map(Kafka::partitionOf).toArray());
      for (String schema : SCHEMAS) {
        for (Map.Entry<String, List<Column>> table : tables(statement, schema).entrySet()) {
          String insert = insert(table.getKey(), table.getValue(), account);
          try (PreparedStatement copy = connection.prepareStatement(insert)) {
            copy.setArray(1, copies);
            copy.setArray(2, partitions);
            copy.executeUpdate();
          }
        }
        statement.execute(published(schema));
      }
      // As what is stored long since has been: it would be begun beside what is measured.
      statement.execute("vacuum analyze");
      statement.execute("checkpoint");
    }
  }

  private record Column(String name, String type) {

    boolean isText() {
      return type.equals("text");
    }

    boolean isAccount() {
      return name.equals("account") || name.equals("account_id");
    }

    /**
     * Names that contain the account's become the copy's; ids of recharges, notices and commands
     * too. The partition is its own, so that copies lie in all of them.
     */
    String copied(String account) {
      // An expression per row and column takes most of the time of millions of rows.
      String renamed =
          """
          case when strpos(t.%1$s::text, 'rch-') > 0
               then regexp_replace(replace(t.%1$s::text, '%2$s', copy), '%3$s', '\\&-' || copy, 'g')
               else replace(t.%1$s::text, '%2$s', copy) end\
          """
              .formatted(name, account, RECHARGE);
      if (name.equals("notice_id") || name.equals("command")) {
        return "t." + name + " || '-' || copy";
      }
      if (name.equals("partition")) {
        return "copy_partition";
      }
      return switch (type) {
        case "text" -> renamed;
        case "jsonb" -> "(" + renamed + ")::jsonb";
        default -> "t." + name;
      };
    }
  }

  /** What the copies told is published: nothing waits in an outbox. */
  private static String published(String schema) {
    return """
    update %1$s.outbox_published p set events = s.events
      from (select topic, sum(sequence) as events from %1$s.outbox_sequence group by topic) s
     where s.topic = p.topic
    """
        .formatted(schema);
  }

  private static String columns(String schema) {
    return """
    select c.table_schema || '.' || c.table_name, c.column_name, c.data_type
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = '%s' and t.table_type = 'BASE TABLE' and c.is_identity = 'NO'
       and c.table_name not in %s
     order by 1, c.ordinal_position
    """
        .formatted(schema, LEFT_OUT);
  }

  private static Map<String, List<Column>> tables(Statement statement, String schema)
      throws SQLException {
    Map<String, List<Column>> tables = new LinkedHashMap<>();
    try (ResultSet rows = statement.executeQuery(columns(schema))) {
      while (rows.next()) {
        tables
            .computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
            .add(new Column(rows.getString(2), rows.getString(3)));
      }
    }
    return tables;
  }

  private static String insert(String table, List<Column> columns, String account) {
    List<String> names = columns.stream().map(Column::name).toList();
    List<String> values = columns.stream().map(column -> column.copied(account)).toList();
    Optional<Column> owner =
        columns.stream().filter(column -> column.isText() && column.isAccount()).findFirst();
    String own = owner.map(column -> "t." + column.name()).orElse("t::text");
    return """
    insert into %s (%s)
    select %s from %s t cross join unnest(?, ?) c (copy, copy_partition)
     where strpos(%s, '%s') > 0
    """
        .formatted(table, String.join(", ", names), String.join(", ", values), table, own, account);
  }
}
