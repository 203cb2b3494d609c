package io.tollgate.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run left on disk.
 *
 * @param topics topics of the broker in one copy, largest first
 * @param tables tables of the services with their indexes, largest first
 * @param stores bytes of metering's state, by instance
 */
record Sizes(List<Topic> topics, List<Table> tables, Map<String, Long> stores) {

  /** Smaller ones tell nothing. */
  private static final long LEAST_BYTES = 64L * 1024;

  private static final long LEAST_ROWS = 100;

  private static final String TABLES =
      """
      select n.nspname || '.' || c.relname as name, pg_total_relation_size(c.oid) as bytes
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname in ('billing', 'account', 'notification')
      """;

  Sizes {
    topics = List.copyOf(topics);
    tables = List.copyOf(tables);
    stores = Map.copyOf(stores);
  }

  /** A topic. */
  record Topic(String name, long bytes) {}

  /** A table. */
  record Table(String name, long rows, long bytes) {}

  /** Looks at what is there. */
  static Sizes of(Fleet fleet, Groups groups) {
    List<Topic> topics =
        groups.bytes().entrySet().stream()
            .map(each -> new Topic(each.getKey(), each.getValue()))
            .filter(topic -> topic.bytes() >= LEAST_BYTES)
            .sorted(Comparator.comparingLong(Topic::bytes).reversed())
            .toList();
    return new Sizes(topics, tables(fleet), fleet.stores());
  }

  private static List<Table> tables(Fleet fleet) {
    List<Table> tables = new ArrayList<>();
    try (Connection connection = fleet.connect();
        Statement all = connection.createStatement();
        Statement one = connection.createStatement();
        ResultSet found = all.executeQuery(TABLES)) {
      while (found.next()) {
        String name = found.getString("name");
        long bytes = found.getLong("bytes");
        if (bytes >= LEAST_BYTES) {
          try (ResultSet count = one.executeQuery("select count(*) from " + name)) {
            count.next();
            if (count.getLong(1) >= LEAST_ROWS) {
              tables.add(new Table(name, count.getLong(1), bytes));
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not report its sizes", e);
    }
    tables.sort(Comparator.comparingLong(Table::bytes).reversed());
    return tables;
  }

  /** Bytes of all files below a directory; what vanishes meanwhile has none. */
  static long below(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(Sizes::size).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
